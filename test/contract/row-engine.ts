import { createHash } from 'node:crypto';
import {
  CreateTableCommand, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import jsonata from 'jsonata';
import { changeOf } from '../../lambda-src/order/row-write';
import type { OrderRow } from '../../src/contract/order-row';
import type { RowWrite } from '../../src/contract/row-write';
import { updateParameters } from '../../src/order-row/row-update';
import type { Engine } from '../support/dynoxide';

export type Row = Partial<OrderRow> & { readonly orderId: string };
export type Given = Readonly<Record<string, unknown>>;

/** What became of a row: whether the write was accepted, and the row afterwards. */
export interface Outcome {
  readonly accepted: boolean;
  readonly row?: Row;
}

/** A table on the real engine, on which both renderers of a write are applied to the same row. */
export class RowEngine {
  public static async open(engine: Engine): Promise<RowEngine> {
    const client = new DynamoDBClient({
      endpoint: engine.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 5,
    });
    await Promise.all(Object.values(TABLES).map(async TableName => client.send(new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
    }))));
    return new RowEngine(client);
  }

  private constructor(private readonly client: DynamoDBClient) {}

  /** What becomes of a row when the write comes once, and then again, as its retry does. */
  public async outcomes(by: keyof typeof TABLES, write: RowWrite, given: Given, before: Row | undefined): Promise<Outcome[]> {
    const update = by === 'handler' ? this.handlersUpdate(write, given) : await statesUpdate(write, given);
    await this.set(TABLES[by], before);
    return [await this.outcomeOf(TABLES[by], update), await this.outcomeOf(TABLES[by], update)];
  }

  private handlersUpdate(write: RowWrite, given: Given): object {
    const { ExpressionAttributeValues, ...change } = changeOf(write, given);
    return {
      ...change,
      ExpressionAttributeValues: Object.keys(ExpressionAttributeValues).length > 0
        ? marshall(ExpressionAttributeValues, { removeUndefinedValues: true }) : undefined,
    };
  }

  private async set(TableName: string, row: Row | undefined): Promise<void> {
    if (row) {
      await this.client.send(new PutItemCommand({ TableName, Item: marshall(row, { removeUndefinedValues: true }) }));
    } else {
      await this.client.send(new DeleteItemCommand({ TableName, Key: KEY }));
    }
  }

  private async outcomeOf(TableName: string, update: object): Promise<Outcome> {
    const accepted = await this.client.send(new UpdateItemCommand({ ...update, TableName, Key: KEY })).then(() => true, (error: Error) => {
      if (error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    });
    const { Item } = await this.client.send(new GetItemCommand({ TableName, Key: KEY, ConsistentRead: true }));
    return { accepted, row: Item && unmarshall(Item) as Row };
  }
}

/** A write as a state renders it: each parameter is an expression that reads the state's input. */
async function statesUpdate(write: RowWrite, { owner, at, ...input }: Given): Promise<object> {
  const values = Object.fromEntries(Object.keys(write.parameters).filter((name) => !(name in WRITER)).map((name) => [name, `$states.input.${name}`]));
  const parameters = updateParameters({ table: { tableName: '' } as dynamodb.ITable, write, orderId: `'${ORDER_ID}'`, values });
  return evaluated(parameters, { states: { input, context: { Execution: { Id: owner }, State: { EnteredTime: at } } } });
}

export const ORDER_ID = 'order-1';
const KEY = { orderId: { S: ORDER_ID } };
/** One for each renderer, so that both work side by side. */
const TABLES = { handler: 'orders-of-handlers', state: 'orders-of-states' };
const WRITER = { owner: true, at: true };

async function evaluated(value: unknown, variables: object): Promise<any> {
  if (typeof value === 'string') {
    const expression = /^\{% (.*) %\}$/s.exec(value)?.[1];
    return expression === undefined ? value : plain(await compiled(expression).evaluate({}, variables as Record<string, unknown>));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, part]) => [name, await evaluated(part, variables)])));
}

const expressions = new Map<string, jsonata.Expression>();

/** Step Functions adds $hash to the language. */
function compiled(text: string): jsonata.Expression {
  let expression = expressions.get(text);
  if (!expression) {
    expression = jsonata(text);
    expression.registerFunction('hash', (hashed: string, algorithm: string) => createHash(algorithm.toLowerCase()).update(hashed).digest('hex'));
    expressions.set(text, expression);
  }
  return expression;
}

/** The engine of the language marks its own lists; what AWS sees is the JSON. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Whether a state can render the write: it cannot compare an attribute with a parameter that may have no value. */
export function isForStates(write: RowWrite): boolean {
  return ![...write.must, ...write.replay ?? []].some((clause) =>
    'equals' in clause && clause.equals && 'parameter' in clause.equals && clause.equals.type.endsWith('?'));
}
