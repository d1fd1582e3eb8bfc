import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ServiceCalls } from '../service-calls';
import { ServiceError } from '../service-error';
import { readAuthorization } from './credentials';
import { Answer, receive, send, ServiceRequest } from './http-exchange';
import { jsonAnswer, jsonError, readJsonRequest } from './json-protocol';
import { queryAnswer, queryError, readQueryRequest } from './query-protocol';
import { readRestRequest, restAnswer } from './rest-protocol';

/** The one address at which an AWS SDK reaches all services, by AWS_ENDPOINT_URL. */
export class Endpoint {
  private readonly server: Server;

  constructor(private readonly calls: ServiceCalls) {
    this.server = createServer((message, response) => void this.serve(message, response));
    // A function's keep-alive connection may rest for long: one that is closed under its hands is a lost call.
    this.server.keepAliveTimeout = 0;
  }

  /** @param port 0 for any that is free. */
  public async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, await this.answer(await receive(message)));
    } catch {
      // A fault drops the connection, or the caller has gone: no response can be sent.
      message.socket.destroy();
    }
  }

  private async answer(request: ServiceRequest): Promise<Answer> {
    const { caller, service: signedFor } = readAuthorization(request.header('authorization'));
    if (signedFor === undefined) {
      return jsonError(new ServiceError('MissingAuthenticationTokenException', 'the request is not signed; use an AWS SDK', 403));
    }
    const isQuery = request.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
    try {
      if (request.header('x-amz-target')) {
        const { operation, input } = readJsonRequest(request);
        return jsonAnswer(request, await this.calls.perform({ service: signedFor, operation, input, caller }));
      }
      if (isQuery) {
        const { operation, input } = readQueryRequest(request);
        return queryAnswer(operation, await this.calls.perform({ service: signedFor, operation, input, caller }));
      }
      const service = this.calls.find(signedFor);
      if (!service) {
        throw new ServiceError('UnrecognizedClientException', `the local cloud has no service ${signedFor}`);
      }
      const { route, input } = readRestRequest(service, request);
      return restAnswer(route, await this.calls.perform({ service: signedFor, operation: route.operation, input, caller }));
    } catch (error) {
      return isQuery ? queryError(error) : jsonError(error);
    }
  }
}
