import { JsonObject } from '../../json';
import { need, NeedTable } from '../access/need';

/**
 * What calls to EventBridge Scheduler need: who creates a schedule hands a role to it.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html
 * @param arnOf the ARN of the schedule that an input names
 */
export function schedulerNeeds(arnOf: (input: JsonObject) => string): NeedTable {
  return {
    CreateSchedule: (input) => [
      need('scheduler:CreateSchedule', arnOf(input)),
      {
        ...need('iam:PassRole', String((input.Target as JsonObject | undefined)?.RoleArn)),
        context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
      },
    ],
    GetSchedule: (input) => [need('scheduler:GetSchedule', arnOf(input))],
    DeleteSchedule: (input) => [need('scheduler:DeleteSchedule', arnOf(input))],
  };
}
