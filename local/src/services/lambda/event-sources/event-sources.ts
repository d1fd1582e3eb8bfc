import { checkBatch } from './check-batch';
import { MAPPING_PROPERTIES, MappingSettings, readMapping } from './mapping-settings';
import { queueNeeds, streamNeeds } from './needs';
import { QueueMapping } from './queue-mapping';
import { StreamMapping } from './stream-mapping';
import { CreatedResource } from '../../../assembly';
import { DynamoDbService } from '../../dynamodb/dynamodb-service';
import { Resource } from '../../resource';
import { Operation, ResourceType, Service } from '../../service';
import { ServiceContext } from '../../service-context';
import { SqsService } from '../../sqs/sqs-service';
import { callTo } from '../destination';
import { nameOfFunction } from '../function-name';

/** What feeds functions from queues and streams: a part of Lambda that reads from other services. */
export class EventSources implements Service {
  public readonly name = 'lambda-event-sources';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::Lambda::EventSourceMapping': { ...MAPPING_PROPERTIES, create: (resource) => this.create(resource) },
  };

  constructor(
    private readonly context: ServiceContext, private readonly dynamodb: DynamoDbService, private readonly sqs: SqsService,
  ) {}

  private async create(resource: Resource): Promise<CreatedResource> {
    if (resource.get('Enabled') !== false) {
      await this.connect(resource);
    }
    return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
  }

  /** Lambda reads with the role of the function. */
  private checkRole(resource: Resource, { sourceArn, functionName, onFailure }: MappingSettings): void {
    const { policies, creation } = this.context;
    const role = policies.roleOfFunction(nameOfFunction(functionName));
    if (role === undefined) {
      return;
    }
    const isQueue = sourceArn.split(':')[2] === 'sqs';
    creation.requireAccess(resource, 'EventSourceArn', role, isQueue ? queueNeeds(policies, sourceArn) : streamNeeds(policies, sourceArn),
      isQueue
        ? 'The function execution role does not have permissions to call ReceiveMessage on SQS'
        : `Cannot access stream ${sourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`);
    if (onFailure !== undefined) {
      const { operation, service, needs } = callTo(onFailure);
      creation.requireAccess(resource, 'DestinationConfig', role, needs, `The function execution role does not have permissions to call ${operation} on ${service}`);
    }
  }

  private async connect(resource: Resource): Promise<void> {
    const settings = readMapping(resource);
    this.checkRole(resource, settings);
    switch (settings.sourceArn.split(':')[2]) {
      case 'sqs':
        checkBatch(resource, settings);
        new QueueMapping(settings, this.sqs.find(settings.sourceArn), this.context);
        return;
      case 'dynamodb': {
        const mapping = new StreamMapping(settings, this.context);
        await this.dynamodb.subscribe(settings.sourceArn, (records) => mapping.take(records));
        return;
      }
      default:
        throw resource.refuse('EventSourceArn', `is ${settings.sourceArn}`, 'only SQS queues and DynamoDB streams feed functions here');
    }
  }
}
