import { Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { inlineFunction, openCloud } from '../services/cloud-fixture';

/** An API whose function is invoked with a role; the function's policy does not admit API Gateway. */
const invokedWith = (grant: boolean) => (stack: Stack) => {
  const answering = inlineFunction(stack, 'answer', "async () => 'answered'");
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  if (grant) {
    answering.grantInvoke(role);
  }
  const { apiId } = new HttpApi(stack, 'Api');
  const { ref } = new CfnIntegration(stack, 'Integration', {
    apiId, integrationType: 'AWS_PROXY', integrationUri: answering.functionArn, payloadFormatVersion: '2.0', credentialsArn: role.roleArn,
  });
  new CfnRoute(stack, 'Route', { apiId, routeKey: 'GET /', target: `integrations/${ref}` });
};

test.each([[true, 200], [false, 503]])('an integration with a role invokes its function with that: granted %s gives %s', async (grant, status) => {
  const { cloud } = await openCloud(invokedWith(grant), { onDenied: () => undefined });

  const response = await fetch(cloud.apis[0].url);

  expect(response.status).toBe(status);
  expect(cloud.permissions.denied.map(({ principal, action }) => `${principal.split('/')[1].slice(0, 9)} ${action}`)).toEqual(grant ? [] : ['Test-Role lambda:InvokeFunction']);
  await cloud.close();
});
