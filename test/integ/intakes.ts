import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { AwaitApproval, EventIntake, HttpIntake, OrderProcessingWorkflow, QueueIntake, ReserveInventory, ValidateOrder, WebSocketIntake } from '../../src';

/** A workflow with every intake. */
export function intakes(app: App): Stack {
  const stack = new Stack(app, 'Intakes');
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    removalPolicy: RemovalPolicy.DESTROY,
    steps: [new ValidateOrder(), new ReserveInventory(), new AwaitApproval({ onlyIf: '$states.input.totalAmount > 1000' })],
    statusFeed: { authorizer: new WebSocketIamAuthorizer() },
    intakes: [
      new HttpIntake({
        authorizer: new HttpJwtAuthorizer('Customers', 'https://issuer.example', { jwtAudience: ['orders'] }),
        deciderClaim: 'role=approver',
        cors: { allowOrigins: ['https://shop.example'], allowMethods: [apigwv2.CorsHttpMethod.ANY], allowHeaders: ['authorization', 'content-type'] },
      }),
      new QueueIntake({ maxConcurrency: 5 }),
      new EventIntake({ eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] } }),
      new WebSocketIntake(),
    ],
  });
  workflow.addIntake(new HttpIntake({ intakeName: 'Backends' }));
  return stack;
}
