/** What waits in a cloud when it closes ends with this. */
export class CloudClosed extends Error {
  constructor() {
    super('the local cloud is closed');
    this.name = 'CloudClosed';
  }
}
