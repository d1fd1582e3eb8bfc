import { callText } from '../../src/runtime/faults/call-text';
import { ServiceCall } from '../../src/services/service';

function put(item: object, token: string): ServiceCall {
  return {
    service: 'lambda', operation: 'Invoke', caller: { kind: 'state', name: 'Reserve' }, input: { Payload: JSON.stringify(item), ClientRequestToken: token },
  };
}

test('chance takes two calls for the same that differ in the order of names, or in what an SDK fills in by chance', () => {
  expect(callText(put({ price: 1, lines: [{ a: 1, b: 2 }] }, 'x'))).toBe(callText(put({ lines: [{ b: 2, a: 1 }], price: 1 }, 'y')));
});

test('chance tells calls apart that say something else', () => {
  expect(callText(put({ price: 1 }, 'x'))).not.toBe(callText(put({ price: 2 }, 'x')));
});
