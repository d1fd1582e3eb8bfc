import { callText } from '../../src/runtime/faults/call-text';
import { ServiceCall } from '../../src/services/service';

function put(item: object, token: string): ServiceCall {
  return {
    service: 'lambda', operation: 'Invoke', caller: { kind: 'state', name: 'Reserve' }, input: { Payload: JSON.stringify(item), ClientRequestToken: token },
  };
}

test('two calls are the same if they differ only in the order of names, or in tokens that an SDK generates', () => {
  expect(callText(put({ price: 1, lines: [{ a: 1, b: 2 }] }, 'x'))).toBe(callText(put({ lines: [{ b: 2, a: 1 }], price: 1 }, 'y')));
});

test('two calls with different input are not the same', () => {
  expect(callText(put({ price: 1 }, 'x'))).not.toBe(callText(put({ price: 2 }, 'x')));
});
