import { aws_apigatewayv2 as apigwv2, aws_apigatewayv2_authorizers as authorizers } from 'aws-cdk-lib';
import { HttpIntakeProps } from './http-intake-props';
import { ValidationError } from '../../private/validation-error';

/** Refuses properties that contradict one another. @internal */
export function checkAuthorization({ authorizer, openToAll, deciderClaim, userClaim }: HttpIntakeProps): void {
  if (authorizer && openToAll) {
    throw new ValidationError('HttpIntake has an authorizer and is openToAll: leave out one of them');
  }
  const { authorizationType } = (authorizer ?? {}) as { authorizationType?: string };
  if (authorizationType === 'AWS_IAM' || authorizationType === 'NONE') {
    throw new ValidationError(`the authorizer of HttpIntake is ${authorizationType}, which has no claims: leave it out for IAM, set openToAll for none`);
  }
  if (deciderClaim !== undefined && !/^[^=]+=.+$/.test(deciderClaim)) {
    throw new ValidationError(`deciderClaim is '${deciderClaim}': set the claim and its value, such as role=approver`);
  }
  for (const [name, claim] of Object.entries({ deciderClaim, userClaim })) {
    if (claim !== undefined && !authorizer) {
      throw new ValidationError(`HttpIntake has a ${name} but no authorizer, and only an authorizer has claims: set one, or leave out the ${name}`);
    }
  }
}

/** The authorizer of the routes, if there is one. @internal */
export function routeAuthorizer({ authorizer, openToAll }: HttpIntakeProps): apigwv2.IHttpRouteAuthorizer | undefined {
  return authorizer ?? (openToAll ? undefined : new authorizers.HttpIamAuthorizer());
}

/** Whether some caller of the API may decide on orders. @internal */
export function mayDecide({ authorizer, openToAll, deciderClaim }: HttpIntakeProps): boolean {
  return deciderClaim !== undefined || !(authorizer || openToAll);
}

/** The rules of authorization, as the handler reads them. @internal */
export function authorizationEnvironment(props: HttpIntakeProps): { [name: string]: string } {
  const { authorizer, openToAll, userClaim, deciderClaim } = props;
  const [claim, value] = deciderClaim?.split(/=(.+)/) ?? [];
  return {
    AUTHORIZATION: authorizer ? 'claim' : openToAll ? 'none' : 'iam',
    USER_CLAIM: userClaim ?? 'sub',
    ...(deciderClaim ? { MAY_DECIDE: 'claim', DECIDER_CLAIM: claim, DECIDER_VALUE: value } : mayDecide(props) ? { MAY_DECIDE: 'iam' } : {}),
  };
}
