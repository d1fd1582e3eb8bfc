export const USAGE = `Runs what \`cdk synth\` wrote of an order workflow on this machine: no AWS account, no Docker.

  cdk-order-workflow-local [cdk.out] [options]

  --seed <file>               rows to begin with, by table: {"products": [{"productId": "lamp", "price": 30, "stock": 5}]}
  --orders <file>             orders to run at the start: {"orders": [{"order": {"orderId": "order-1", ...}, "expect": "COMPLETED"}]}
  --once <file>               runs the orders of the file one by one in virtual time, which does not wait, and ends;
                              the exit code is 0 only if each order ended as the file expects
  --workflow <path>           which workflow gets the orders that name none, if there are several
  --port <number>             the port of the endpoint for AWS SDKs (default: any that is free)
  --api-port <number>         the port of the first HTTP or WebSocket API (default: any that is free)
  --dynamodb-endpoint <url>   a database that speaks DynamoDB, instead of the one that comes along
  --logs                      shows what functions log
  --help, --version

It serves until Ctrl-C. Meanwhile, in another terminal, for an order that NEEDS_ATTENTION:

  cdk-order-workflow-local retry <orderId> --port <number> [--workflow <path>]
                              tries again what could not be undone
  cdk-order-workflow-local resolve <orderId> --port <number> [--workflow <path>] [--refunded] [--by <who>] [--reason <why>]
                              closes the order, as somebody has put it in order; --refunded says that the money went back

  --port <number>             of the endpoint for AWS SDKs, which the cloud printed when it began

Exit codes: 0 all is well, 1 an order ended otherwise than expected, 2 it could not start, or the order was not repaired.
`;
