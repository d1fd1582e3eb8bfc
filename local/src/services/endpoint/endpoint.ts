import { BackgroundWork } from '../../background-work';
import { ServiceCalls } from '../service-calls';
import { ServiceError } from '../service-error';
import { readAuthorization } from './credentials';
import { Answer, receive, send, ServiceRequest } from './http-exchange';
import { jsonAnswer, jsonError, readJsonRequest } from './json-protocol';
import { LocalServer } from './local-server';
import { queryAnswer, queryError, readQueryRequest } from './query-protocol';
import { readRestRequest, restAnswer } from './rest-protocol';

/** The one address at which an AWS SDK reaches all services, by AWS_ENDPOINT_URL. */
export class Endpoint {
  private readonly server: LocalServer;

  constructor(private readonly calls: ServiceCalls, background: BackgroundWork) {
    this.server = new LocalServer(background, async (message, response) => send(response, await this.answer(await receive(message))));
  }

  /** @param port 0 for any that is free. */
  public listen(port = 0): Promise<string> {
    return this.server.listen(port);
  }

  public close(): Promise<void> {
    return this.server.close();
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
