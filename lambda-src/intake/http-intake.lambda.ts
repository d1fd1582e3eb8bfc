import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerRequest } from './http/answer-request';
import type { HttpEvent } from './http/caller';
import { callerRulesOfEnvironment } from './http/caller-rules';
import type { HttpIntake } from './http/routes';
import { intakeOfEnvironment, permitsOfEnvironment, watchSecretOfEnvironment } from './intake-environment';

const { intake, workflows } = intakeOfEnvironment();
const http: HttpIntake = {
  intake,
  approvals: { orders: intake.orders, workflows, now: () => new Date() },
  permits: permitsOfEnvironment(watchSecretOfEnvironment()),
  rules: callerRulesOfEnvironment(),
  feedUrl: process.env.FEED_URL || undefined,
};

export const handler = async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => answerRequest(http, event);
