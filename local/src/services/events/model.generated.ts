// From botocore 1.44.8, data/events/2015-10-07 (Apache-2.0). To change it, run projenrc/write-service-models.ts.
import { ServiceModel } from '../../models';

export const MODEL: ServiceModel = {
  operations: {
    PutEvents: { input: 'PutEventsRequest', errors: ['InternalException'] },
  },
  known: ['ActivateEventSource', 'CancelReplay', 'CreateApiDestination', 'CreateArchive', 'CreateConnection', 'CreateEndpoint', 'CreateEventBus', 'CreatePartnerEventSource', 'DeactivateEventSource', 'DeauthorizeConnection', 'DeleteApiDestination', 'DeleteArchive', 'DeleteConnection', 'DeleteEndpoint', 'DeleteEventBus', 'DeletePartnerEventSource', 'DeleteRule', 'DescribeApiDestination', 'DescribeArchive', 'DescribeConnection', 'DescribeEndpoint', 'DescribeEventBus', 'DescribeEventSource', 'DescribePartnerEventSource', 'DescribeReplay', 'DescribeRule', 'DisableRule', 'EnableRule', 'ListApiDestinations', 'ListArchives', 'ListConnections', 'ListEndpoints', 'ListEventBuses', 'ListEventSources', 'ListPartnerEventSourceAccounts', 'ListPartnerEventSources', 'ListReplays', 'ListRuleNamesByTarget', 'ListRules', 'ListTagsForResource', 'ListTargetsByRule', 'PutEvents', 'PutPartnerEvents', 'PutPermission', 'PutRule', 'PutTargets', 'RemovePermission', 'RemoveTargets', 'StartReplay', 'TagResource', 'TestEventPattern', 'UntagResource', 'UpdateApiDestination', 'UpdateArchive', 'UpdateConnection', 'UpdateEndpoint', 'UpdateEventBus'],
  shapes: {
    EndpointId: { type: 'string', pattern: '^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$', min: 1, max: 50 },
    EventResource: { type: 'string', max: 2048 },
    EventResourceList: { type: 'list', member: 'EventResource' },
    EventTime: { type: 'timestamp' },
    NonPartnerEventBusNameOrArn: { type: 'string', pattern: '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+', min: 1, max: 1600 },
    PutEventsRequest: { type: 'structure', members: { Entries: 'PutEventsRequestEntryList', EndpointId: 'EndpointId' }, required: ['Entries'] },
    PutEventsRequestEntry: { type: 'structure', members: { Time: 'EventTime', Source: 'String', Resources: 'EventResourceList', DetailType: 'String', Detail: 'String', EventBusName: 'NonPartnerEventBusNameOrArn', TraceHeader: 'TraceHeader' } },
    PutEventsRequestEntryList: { type: 'list', member: 'PutEventsRequestEntry', min: 1, max: 10 },
    String: { type: 'string' },
    TraceHeader: { type: 'string', min: 1, max: 500 },
  },
};
