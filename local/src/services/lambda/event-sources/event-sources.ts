import { MAPPING_PROPERTIES, readMapping } from './mapping-settings';
import { QueueMapping } from './queue-mapping';
import { StreamMapping } from './stream-mapping';
import { CreatedResource } from '../../../assembly';
import { DynamoDbService } from '../../dynamodb/dynamodb-service';
import { Resource } from '../../resource';
import { Operation, ResourceType, Service } from '../../service';
import { ServiceContext } from '../../service-context';
import { SqsService } from '../../sqs/sqs-service';

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

  private async connect(resource: Resource): Promise<void> {
    const settings = readMapping(resource);
    switch (settings.sourceArn.split(':')[2]) {
      case 'sqs':
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
