import { JsonObject } from '../json';

/** A refusal in a service's own words: it reaches the SDK as the exception of this name. */
export class ServiceError extends Error {
  constructor(
    public readonly code: string,
    message: string,
    public readonly status = 400,
    /** Further members of the exception, such as CancellationReasons. */
    public readonly details: JsonObject = {},
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

/** The connection was lost: whether the call had an effect is unknown. */
export class ConnectionLost extends Error {
  constructor() {
    super('the connection was lost before an answer came');
    this.name = 'ConnectionLost';
  }
}
