import { type JsonObject, LocalCloud, RealClock } from 'cdk-order-workflow-local';

/** The calls after which the last cloud is closed: by then, all that its executions start is under way. */
const LAST_CLOSE = 80;
const EXECUTIONS = 8;
const SOCKETS = 3;

/**
 * Closes clouds under load, each after some more calls than the one before, and prints what is left when the last one is closed.
 * Whatever else goes wrong, such as a rejection that nothing handles, ends this process with an error.
 */
const [, , folder, clouds] = process.argv;
for (let closed = 0; closed < Number(clouds); closed++) {
  await closeUnderLoad(Math.floor(closed * LAST_CLOSE / Number(clouds)), closed);
}
// What has just been closed leaves the list some turns later.
for (let turn = 0; turn < 5; turn++) {
  await new Promise((resolve) => setImmediate(resolve));
}
console.log(JSON.stringify({ clouds, left: process.getActiveResourcesInfo().filter((resource) => !/^(Pipe|TTY)/.test(resource)) }));

async function closeUnderLoad(calls: number, seed: number): Promise<void> {
  const cloud = await LocalCloud.fromAssembly(folder, { clock: new RealClock(), seed, maxInstances: 2 });
  const underLoad = new Promise<void>((resolve) => {
    let seen = 0;
    cloud.calls.observe(() => seen++ === calls && resolve());
  });
  const [{ url }] = cloud.apis;
  for (let number = 0; number < SOCKETS; number++) {
    new WebSocket(url).addEventListener('error', () => undefined);
  }
  const [machine] = cloud.stacks[0].resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  for (let number = 0; number < EXECUTIONS; number++) {
    await start({ stateMachineArn: machine.ref, input: JSON.stringify({ id: `order-${number}` }) });
  }
  await underLoad;
  await cloud.close();

  function start(input: JsonObject): Promise<JsonObject> {
    return cloud.calls.perform({ service: 'states', operation: 'StartExecution', input, caller: { kind: 'outside', name: 'test' } });
  }
}
