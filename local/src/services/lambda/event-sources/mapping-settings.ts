import { isJsonObject, Json, JsonObject } from '../../../json';
import { LAMBDA } from '../../patterns/dialect';
import { compilePattern, Pattern } from '../../patterns/event-pattern';
import { Resource } from '../../resource';

/** How an event source feeds a function. */
export interface MappingSettings {
  readonly sourceArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly reportsItemFailures: boolean;
  /** A record passes if it passes one of them. */
  readonly filters: readonly Pattern[];
  readonly concurrency: number;
  readonly retryAttempts: number;
  readonly maxAgeMs: number;
  readonly bisect: boolean;
  readonly onFailure?: string;
}

export const MAPPING_PROPERTIES = {
  used: [
    'EventSourceArn', 'FunctionName', 'Enabled', 'BatchSize', 'MaximumBatchingWindowInSeconds', 'FunctionResponseTypes', 'FilterCriteria',
    'ScalingConfig', 'ParallelizationFactor', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'BisectBatchOnFunctionError',
    'DestinationConfig',
  ],
  ignored: ['StartingPosition', 'KmsKeyArn', 'MetricsConfig', 'Tags'],
};

const SQS_BATCH = 10;
const STREAM_BATCH = 100;
/** Pollers that Lambda begins with for a queue without a bound of its own. */
const SQS_CONCURRENCY = 5;

export function readMapping(resource: Resource): MappingSettings {
  const sourceArn = resource.required<string>('EventSourceArn');
  const isQueue = sourceArn.split(':')[2] === 'sqs';
  const { OnFailure } = (resource.get<JsonObject>('DestinationConfig') ?? {}) as { OnFailure?: JsonObject };
  const { MaximumConcurrency } = resource.get<JsonObject>('ScalingConfig') ?? {};
  const { Filters = [] } = (resource.get<JsonObject>('FilterCriteria') ?? {}) as { Filters?: JsonObject[] };
  const optional = (property: string, fallback: number) => Number(resource.get(property) ?? fallback);
  const unbounded = (property: string) => (optional(property, -1) < 0 ? Infinity : optional(property, -1));
  return {
    sourceArn,
    functionName: resource.required('FunctionName'),
    batchSize: optional('BatchSize', isQueue ? SQS_BATCH : STREAM_BATCH),
    batchingWindowMs: optional('MaximumBatchingWindowInSeconds', 0) * 1000,
    reportsItemFailures: resource.get<string[]>('FunctionResponseTypes')?.includes('ReportBatchItemFailures') ?? false,
    filters: Filters.map(({ Pattern: text }) => compileFilter(String(text))),
    concurrency: isQueue ? Number(MaximumConcurrency ?? SQS_CONCURRENCY) : optional('ParallelizationFactor', 1),
    retryAttempts: unbounded('MaximumRetryAttempts'),
    maxAgeMs: unbounded('MaximumRecordAgeInSeconds') * 1000,
    bisect: resource.get('BisectBatchOnFunctionError') === true,
    ...(OnFailure && { onFailure: String(OnFailure.Destination) }),
  };
}

/** Lambda does not say why it refuses a pattern; here the reason follows. */
function compileFilter(text: string): Pattern {
  try {
    return compilePattern(JSON.parse(text) as Json, LAMBDA);
  } catch (error) {
    throw new Error(`Invalid filter pattern definition. ${(error as Error).message}`);
  }
}

export function passesFilters({ filters }: MappingSettings, record: Json): boolean {
  return filters.length === 0 || filters.some((filter) => filter(record));
}

/** The items that a function says it failed on; undefined if its answer cannot be understood, which fails the batch. */
export function failedItems(payload: string, known: readonly string[]): string[] | undefined {
  const answer = JSON.parse(payload) as Json;
  const failures = isJsonObject(answer) ? answer.batchItemFailures ?? [] : answer ?? [];
  if (!Array.isArray(failures)) {
    return undefined;
  }
  const ids = failures.map((failure) => (isJsonObject(failure) ? String(failure.itemIdentifier) : ''));
  return ids.every((id) => known.includes(id)) ? ids : undefined;
}
