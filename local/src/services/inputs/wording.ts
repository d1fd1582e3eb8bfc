import { serializationMessage, validationMessage } from './coral';
import { Fault } from '../../models';
import { ServiceError } from '../service-error';

type Wording = (problems: readonly Fault[]) => ServiceError;

/** One error with all violations, under this code. */
const together = (code: string): Wording => (problems) => new ServiceError(code, validationMessage(problems));

const DEFAULT_WORDING = together('ValidationException');
const WORDINGS: Readonly<Record<string, Wording>> = {
  // `test_publish_bad_attribute` and others in tests/aws/services/sns/test_sns.snapshot.json of localstack/localstack.
  'sns': together('ValidationError'),
  'sqs': sqsError,
  // Assumed: the only exception of its API for a request that is wrong. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
  'ses': together('BadRequestException'),
  // Assumed: as for SES. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
  'execute-api': together('BadRequestException'),
};

/** The error with which a service refuses such an input. */
export function refusalOf(service: string, problems: readonly Fault[]): ServiceError {
  for (const problem of problems) {
    // SNS gets a form, in which everything is text.
    if (problem.kind === 'type' && service !== 'sns') {
      return new ServiceError('SerializationException', serializationMessage(problem.expected, problem.value));
    }
  }
  return (WORDINGS[service] ?? DEFAULT_WORDING)(problems);
}

/**
 * SQS reports the first violation only. `test_send_empty_message` and `test_set_unsupported_attribute_*` in
 * tests/aws/services/sqs/test_sqs.snapshot.json of localstack/localstack.
 */
function sqsError([problem]: readonly Fault[]): ServiceError {
  if (problem.kind === 'missing') {
    const names = problem.path.map((step) => ('member' in step ? step.member : step.element));
    return new ServiceError('MissingParameter', `The request must contain the parameter ${names.join('.')}.`);
  }
  return problem.kind === 'constraint' && problem.constraint.includes('enum')
    ? new ServiceError('InvalidAttributeName', `Unknown Attribute ${String(problem.culprit)}.`)
    : new ServiceError('InvalidParameterValue', validationMessage([problem]));
}
