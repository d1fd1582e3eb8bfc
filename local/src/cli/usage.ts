export const USAGE = `Runs what \`cdk synth\` wrote of an order workflow on this machine: no AWS account, no Docker.

  cdk-order-workflow-local [cdk.out] [options]

  --seed <file>               rows to write at the start, by table: {"products": [{"productId": "lamp", "price": 30, "stock": 5}]}
  --secrets <file>            values of secrets that exist beside the app, by name: {"slack-webhook": "https://hooks.slack.com/..."}
  --function <path>=<file>    a module that runs instead of a function's own code, by its export handler; needed for other runtimes than Node.js
  --orders <file>             orders to run at the start: {"orders": [{"order": {"orderId": "order-1", ...}, "expect": "COMPLETED"}]}
  --once <file>               runs the orders of the file one by one in virtual time, which does not wait, and ends;
                              the exit code is 0 only if each order ended as the file expects
  --workflow <path>           which workflow gets the orders that name none, if there are several
  --port <number>             the port of the endpoint for AWS SDKs (default: any that is free)
  --api-port <number>         the port of the first HTTP or WebSocket API (default: any that is free)
  --dynamodb-endpoint <url>   a database that speaks DynamoDB, instead of the included one
  --as <role>                 the role in whose name orders are started and calls from outside are made, by its path, such as Shop/Website
                              (default: the account's own, which may do everything)
  --permission-mode <mode>    enforce (default): a call that no policy allows is denied as on AWS; warn: it is printed only; off
  --permissions               prints at the end what each role used, what it never used, and what it was denied
  --logs                      shows what functions log
  --help, --version

It serves until Ctrl-C. To repair an order that is NEEDS_ATTENTION, run in another terminal:

  cdk-order-workflow-local retry <orderId> --port <number> [--workflow <path>] [--as <role>]
                              retries what could not be undone
  cdk-order-workflow-local resolve <orderId> --port <number> [--workflow <path>] [--as <role>] [--refunded] [--by <who>] [--reason <why>]
                              closes the order, which was settled by hand; --refunded records that the payment was refunded

  --port <number>             of the endpoint for AWS SDKs, which the cloud printed at its start

Exit codes: 0 success, 1 an order ended otherwise than expected, 2 it could not start, or the order was not repaired.
`;
