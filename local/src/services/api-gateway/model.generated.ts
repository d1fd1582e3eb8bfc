// From botocore 1.44.8, data/apigatewaymanagementapi/2018-11-29 (Apache-2.0). To change it, run projenrc/write-service-models.ts.
import { ServiceModel } from '../../models';

export const MODEL: ServiceModel = {
  operations: {
    DeleteConnection: { input: 'DeleteConnectionRequest', errors: ['GoneException', 'LimitExceededException', 'ForbiddenException'] },
    GetConnection: { input: 'GetConnectionRequest', errors: ['GoneException', 'LimitExceededException', 'ForbiddenException'] },
    PostToConnection: { input: 'PostToConnectionRequest', errors: ['GoneException', 'LimitExceededException', 'PayloadTooLargeException', 'ForbiddenException'] },
  },
  known: ['DeleteConnection', 'GetConnection', 'PostToConnection'],
  shapes: {
    Data: { type: 'blob', max: 131072 },
    DeleteConnectionRequest: { type: 'structure', members: { ConnectionId: '__string' }, required: ['ConnectionId'] },
    GetConnectionRequest: { type: 'structure', members: { ConnectionId: '__string' }, required: ['ConnectionId'] },
    PostToConnectionRequest: { type: 'structure', members: { Data: 'Data', ConnectionId: '__string' }, required: ['ConnectionId', 'Data'] },
    __string: { type: 'string' },
  },
};
