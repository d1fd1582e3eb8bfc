import { Api, Stage } from './api';
import { readApi, readAuthorizer, readIntegration, readRoute } from './api-resources';
import { ApiServer } from './api-server';
import { CONNECTIONS_MODEL } from './model';
import { connectionNeeds } from './needs';
import { MAX_MESSAGE_BYTES, WebSocketConnection } from './web-socket-connection';
import { CreatedResource } from '../../assembly';
import { JsonObject } from '../../json';
import { need, NeedTable } from '../access/need';
import { Addresses } from '../addresses';
import { Resource } from '../resource';
import { Operation, ResourceType, Route, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const SERVICE = 'apigateway.amazonaws.com';
/** Those of the managed policy AmazonAPIGatewayPushToCloudWatchLogs. */
const LOG_ACTIONS = ['CreateLogGroup', 'CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams', 'PutLogEvents', 'GetLogEvents', 'FilterLogEvents'];

/** API Gateway v2: HTTP and WebSocket APIs, each at an address of its own, and what functions send to connections. */
export class ApiGatewayService implements Service {
  public readonly name = 'execute-api';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::ApiGatewayV2::Api': {
      used: ['Name', 'ProtocolType', 'RouteSelectionExpression', 'CorsConfiguration'],
      ignored: ['Description', 'DisableExecuteApiEndpoint', 'DisableSchemaValidation', 'IpAddressType', 'Tags', 'Version'],
      create: (resource) => this.createApi(resource),
    },
    'AWS::ApiGatewayV2::Route': {
      used: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'RouteResponseSelectionExpression'],
      ignored: ['ModelSelectionExpression', 'OperationName', 'RequestModels', 'RequestParameters'],
      create: (resource) => this.part(resource, (api) => api.routes.push(readRoute(resource, api))),
    },
    'AWS::ApiGatewayV2::Integration': {
      used: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis', 'CredentialsArn'],
      ignored: ['ConnectionType', 'ContentHandlingStrategy', 'Description', 'IntegrationMethod', 'PassthroughBehavior'],
      create: (resource) => this.part(resource, (api) => {
        this.checkCredentials(resource, 'CredentialsArn', api);
        api.integrations.set(resource.logicalId, readIntegration(resource, api));
      }),
    },
    'AWS::ApiGatewayV2::Authorizer': {
      used: ['ApiId', 'AuthorizerType', 'AuthorizerUri', 'IdentitySource', 'AuthorizerPayloadFormatVersion', 'JwtConfiguration', 'AuthorizerCredentialsArn'],
      ignored: ['AuthorizerResultTtlInSeconds', 'EnableSimpleResponses', 'Name'],
      create: (resource) => this.part(resource, (api) => {
        this.checkCredentials(resource, 'AuthorizerCredentialsArn', api);
        api.authorizers.set(resource.logicalId, readAuthorizer(resource));
      }, 'AuthorizerId'),
    },
    'AWS::ApiGatewayV2::Stage': {
      used: ['ApiId', 'StageName', 'StageVariables', 'AccessLogSettings', 'DefaultRouteSettings'],
      ignored: [
        'AccessPolicyId',
        'AutoDeploy',
        'ClientCertificateId',
        'DeploymentId',
        'Description',
        'RouteSettings',
        'Tags',
      ],
      create: (resource) => this.createStage(resource),
    },
    'AWS::ApiGateway::Account': {
      used: ['CloudWatchRoleArn'],
      ignored: [],
      create: (resource) => {
        const role = resource.get<string>('CloudWatchRoleArn');
        if (role !== undefined) {
          this.checkLogRole(resource, role);
        }
        this.context.accountSettings.apiGatewayLogRole = role !== undefined;
        return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
      },
    },
    'AWS::ApiGatewayV2::Deployment': {
      used: ['ApiId'],
      ignored: ['Description', 'StageName'],
      create: (resource) => this.part(resource, () => undefined),
    },
    'AWS::ApiGatewayV2::RouteResponse': {
      used: ['ApiId'],
      ignored: ['ModelSelectionExpression', 'ResponseModels', 'ResponseParameters', 'RouteId', 'RouteResponseKey'],
      create: (resource) => this.part(resource, () => undefined),
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    PostToConnection: (input) => this.post(input),
    GetConnection: (input) => {
      const { connectedAt, lastActiveAt, identity } = this.connection(input);
      const time = (at: number) => new Date(at).toISOString();
      return { connectedAt: time(connectedAt), lastActiveAt: time(lastActiveAt), identity: { ...identity } };
    },
    DeleteConnection: (input) => {
      this.connection(input).close();
      return {};
    },
  };

  public readonly routes: readonly Route[] = [
    { method: 'POST', path: '/@connections/{ConnectionId}', operation: 'PostToConnection', bodyAs: 'Data' },
    { method: 'GET', path: '/@connections/{ConnectionId}', operation: 'GetConnection' },
    { method: 'DELETE', path: '/@connections/{ConnectionId}', operation: 'DeleteConnection', answer: () => ({ status: 204 }) },
  ];

  public readonly model = CONNECTIONS_MODEL;
  public readonly needs: NeedTable;
  private readonly servers = new Map<string, ApiServer>();

  /** @param firstPort of the first API, the next one's is the next; 0 for any that are free. */
  constructor(
    private readonly context: ServiceContext,
    private readonly addresses: Addresses,
    private readonly firstPort: number,
  ) {
    const { region, account } = context;
    this.needs = connectionNeeds((input) => `arn:aws:execute-api:${region}:${account}:${String(input.ApiId)}/${String(input.Stage)}`);
  }

  /** Each API with the address of each of its stages. */
  public describe(): Array<{ name: string; protocol: Api['protocol']; url: string }> {
    return [...this.servers.values()].flatMap(({ api, url }) =>
      [...api.stages.keys()].map((stage) => ({
        name: api.name,
        protocol: api.protocol,
        url: `${api.protocol === 'HTTP' ? url : url.replace('http:', 'ws:')}/${stage === '$default' ? '' : stage}`,
      })),
    );
  }

  public async close(): Promise<void> {
    await Promise.all([...this.servers.values()].map((server) => server.close()));
  }

  private async createApi(resource: Resource): Promise<CreatedResource> {
    const number = this.servers.size;
    const api = readApi(resource, `api${number + 1}`);
    const server = new ApiServer(api, this, this.context);
    this.servers.set(api.id, server);
    await server.listen(this.firstPort === 0 ? 0 : this.firstPort + number);
    const host = `${api.id}.execute-api.${resource.region}.amazonaws.com`;
    const webSocketUrl = server.url.replace('http:', 'ws:');
    this.addresses.add(`https://${host}`, server.url);
    this.addresses.add(`wss://${host}`, webSocketUrl);
    return { ref: api.id, attributes: { ApiId: api.id, ApiEndpoint: api.protocol === 'HTTP' ? server.url : webSocketUrl } };
  }

  private createStage(resource: Resource): CreatedResource {
    const name = resource.required<string>('StageName');
    const variables = resource.get<JsonObject>('StageVariables');
    this.checkLogging(resource);
    const stage: Stage = { name, ...(variables && { variables }) };
    return { ...this.part(resource, (api) => api.stages.set(name, stage)), ref: name };
  }

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
  private checkLogRole(resource: Resource, role: string): void {
    const words = 'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.';
    const { creation } = this.context;
    creation.requireTrust(resource, 'CloudWatchRoleArn', role, SERVICE, resource.arn('apigateway', '/account'), words);
    creation.requireAccess(resource, 'CloudWatchRoleArn', role, LOG_ACTIONS.map((action) => need(`logs:${action}`, '*')), words);
  }

  /** AWS creates it, and fails each request: "*" is an exception, the caller's own role. */
  private checkCredentials(resource: Resource, property: string, { id }: Api): void {
    const role = resource.get<string>(property);
    if (role?.includes(':role/')) {
      this.context.creation.requireTrust(resource, property, role, SERVICE, resource.arn('execute-api', `${id}/*`),
        'API Gateway cannot assume the role, and each request would fail');
    }
  }

  /** A WebSocket API writes logs with a role that the account has, or has not. */
  private checkLogging(resource: Resource): void {
    const { accountSettings } = this.context;
    const destination = resource.get<JsonObject>('AccessLogSettings')?.DestinationArn;
    const { LoggingLevel = 'OFF' } = resource.get<JsonObject>('DefaultRouteSettings') ?? {};
    const isWebSocket = this.server(resource.required('ApiId')).api.protocol === 'WEBSOCKET';
    if (isWebSocket && (destination !== undefined || LoggingLevel !== 'OFF') && !accountSettings.apiGatewayLogRole) {
      throw resource.refuse('AccessLogSettings', 'is refused: CloudWatch Logs role ARN must be set in account settings to enable logging',
        'leave logs out, or set apiGatewayLogRole in the options of the account if yours has that role');
    }
    if (destination !== undefined) {
      accountSettings.admitLogDelivery(resource, 'AccessLogSettings', String(destination));
    }
  }

  /** @param idAttribute the attribute by which others find the part. */
  private part(resource: Resource, add: (api: Api) => unknown, idAttribute = 'Id'): CreatedResource {
    add(this.server(resource.required('ApiId')).api);
    return { ref: resource.logicalId, attributes: { [idAttribute]: resource.logicalId } };
  }

  private async post(input: JsonObject): Promise<JsonObject> {
    const data = String(input.Data ?? '');
    if (Buffer.byteLength(data) > MAX_MESSAGE_BYTES) {
      throw new ServiceError('PayloadTooLargeException', 'Message too long', 413);
    }
    await this.connection(input)
      .send(data)
      .catch(() => {
        throw gone();
      });
    return {};
  }

  private connection({ ApiId, ConnectionId }: JsonObject): WebSocketConnection {
    const connection = this.server(String(ApiId)).webSockets.connections.get(String(ConnectionId));
    if (!connection?.open) {
      throw gone();
    }
    return connection;
  }

  private server(apiId: string): ApiServer {
    const server = this.servers.get(apiId);
    if (!server) {
      throw new ServiceError('NotFoundException', `Invalid API identifier specified ${apiId}`, 404);
    }
    return server;
  }
}

function gone(): ServiceError {
  return new ServiceError('GoneException', 'the connection is closed, or never was', 410);
}
