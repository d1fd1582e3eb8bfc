import { UsageError } from './usage-error';
import { Json, JsonObject } from '../json';
import { authorizationOf, credentialsOf, credentialsOfRole } from '../services/endpoint/credentials';
import { DIRECTORY, DIRECTORY_PATH, ListedWorkflow } from '../testkit/workflow-directory';

/** An error that a function of the cloud threw. */
export class FunctionFailure extends Error {}

/** A cloud that another process serves on this machine. */
export class ServedCloud {
  private readonly url: string;

  /** @param role in whose name it is called; without it the account's own */
  constructor(port: number, private readonly role?: string) {
    this.url = `http://127.0.0.1:${port}`;
  }

  public async workflows(): Promise<ListedWorkflow[]> {
    const response = await this.send(DIRECTORY, 'GET', DIRECTORY_PATH);
    const { workflows, message } = await response.json().catch(() => ({})) as { workflows?: ListedWorkflow[]; message?: string };
    if (response.headers.has('x-amzn-errortype') && message !== undefined) {
      throw new UsageError(message);
    }
    if (!workflows) {
      throw new UsageError(`the server at ${this.url} is not the endpoint of a local cloud: give the number in the line 'AWS endpoint' that the cloud printed as --port`);
    }
    return workflows;
  }

  /** Invokes a function and waits for what it returns; throws what it throws. */
  public async invoke(name: string, event: JsonObject): Promise<Json> {
    const response = await this.send('lambda', 'POST', `/2015-03-31/functions/${name}/invocations`, JSON.stringify(event));
    const result = await response.json() as Json;
    if (response.headers.has('x-amz-function-error')) {
      throw new FunctionFailure(String((result as JsonObject).errorMessage));
    }
    if (!response.ok) {
      throw new FunctionFailure(String((result as JsonObject).message));
    }
    return result;
  }

  private async send(service: string, method: string, path: string, body?: string): Promise<Response> {
    const credentials = this.role === undefined ? credentialsOf({ kind: 'outside', name: 'command' }) : credentialsOfRole(this.role);
    const headers = { authorization: authorizationOf(credentials, service) };
    return fetch(`${this.url}${path}`, { method, headers, body }).catch(() => {
      throw new UsageError(`nothing serves at ${this.url}: start it with cdk-order-workflow-local --port ${new URL(this.url).port}, or give the port of the one that runs`);
    });
  }
}
