import { describeExecution, ExecutionRecord } from './execution-record';
import { JsonObject } from '../../json';

/** What Step Functions publishes to the default bus about an execution that started or ended. */
export function statusChange(record: ExecutionRecord): { resources: string[]; detail: JsonObject } {
  const { startDate, stopDate, redriveStatus: _status, ...described } = describeExecution(record);
  return {
    resources: [record.arn],
    detail: {
      output: null,
      error: null,
      cause: null,
      ...described,
      startDate: Number(startDate) * 1000,
      stopDate: stopDate === undefined ? null : Number(stopDate) * 1000,
    },
  };
}
