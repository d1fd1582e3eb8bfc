import { UsageError } from './usage-error';
import { Json, JsonObject } from '../json';
import { credentialsOf } from '../services/endpoint/credentials';
import { DIRECTORY, DIRECTORY_PATH, ListedWorkflow } from '../testkit/workflow-directory';

/** An error that a function of the cloud threw. */
export class FunctionFailure extends Error {}

/** A cloud that another process serves on this machine. */
export class ServedCloud {
  private readonly url: string;

  constructor(port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  public async workflows(): Promise<ListedWorkflow[]> {
    const response = await this.send(DIRECTORY, 'GET', DIRECTORY_PATH);
    const { workflows } = await response.json().catch(() => ({})) as { workflows?: ListedWorkflow[] };
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
    return result;
  }

  private async send(service: string, method: string, path: string, body?: string): Promise<Response> {
    const { accessKeyId } = credentialsOf({ kind: 'outside', name: 'command' });
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/local/${service}/aws4_request` };
    return fetch(`${this.url}${path}`, { method, headers, body }).catch(() => {
      throw new UsageError(`nothing serves at ${this.url}: start it with cdk-order-workflow-local --port ${new URL(this.url).port}, or give the port of the one that runs`);
    });
  }
}
