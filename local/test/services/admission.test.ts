import { BackgroundWork } from '../../src/background-work';
import { Admission } from '../../src/services/states/admission';
import { VirtualClock } from '../../src/virtual-clock';

function admissionOf(limit: number): Admission {
  const clock = new VirtualClock();
  return new Admission(clock, new BackgroundWork(clock, () => undefined), limit);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('executions begin while the concurrency limit allows, in the order in which they were started', async () => {
  const admission = admissionOf(2);
  const begun: string[] = [];
  const finish: Record<string, () => void> = {};
  const execution = (name: string) => admission.admit(name, () => {
    begun.push(name);
    void admission.during(name, () => new Promise<void>((resolve) => {
      finish[name] = resolve;
    }));
  });
  ['a', 'b', 'c', 'd'].forEach(execution);
  expect(begun).toEqual(['a', 'b']);
  finish.a();
  await turn();
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('an execution that goes from one task to the next comes before those that have not begun', async () => {
  const admission = admissionOf(1);
  const seen: string[] = [];
  admission.admit('first', () => void (async () => {
    await admission.during('first', async () => seen.push('first, task 1'));
    await admission.during('first', async () => seen.push('first, task 2'));
    admission.left('first');
  })());
  admission.admit('second', () => seen.push('second'));
  await turn();
  await turn();
  expect(seen).toEqual(['first, task 1', 'first, task 2', 'second']);
});

test('an execution that ends without a task frees its place', async () => {
  const admission = admissionOf(1);
  const begun: string[] = [];
  ['a', 'b'].forEach((name) => admission.admit(name, () => begun.push(name)));
  expect(begun).toEqual(['a']);
  admission.left('a');
  await turn();
  expect(begun).toEqual(['a', 'b']);
});
