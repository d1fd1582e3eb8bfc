import fc from 'fast-check';
import { MODELLED_SERVICES, PublishedModel, sourceOf } from '../../../projenrc/service-model';
import { JsonObject } from '../../src/json';
import { CompiledShapes } from '../../src/models';
import { Service } from '../../src/services/service';
import { openCloud, TestCloud } from '../services/cloud-fixture';
import { arbitraryInput } from './arbitrary-input';

/** What is no service of AWS. */
const OWN = ['posts', 'order-workflows'];

let running: TestCloud;
let services: Service[];
beforeAll(async () => {
  running = await openCloud(() => undefined);
  services = running.cloud.calls.all.filter(({ name, operations }) => !OWN.includes(name) && Object.keys(operations).length > 0);
});

afterAll(() => running.cloud.close());

test('every operation of every service has a model', () => {
  expect(services).toHaveLength(MODELLED_SERVICES.length);
  for (const { name, operations, model } of services) {
    expect([name, Object.keys(model?.operations ?? {}).sort()]).toEqual([name, Object.keys(operations).sort()]);
  }
});

test('an input that is made of the shape of an operation has no problems', () => {
  for (const { model } of services) {
    const shapes = new CompiledShapes(model!.shapes);
    for (const { input } of Object.values(model!.operations)) {
      const check = shapes.check(input);
      fc.assert(fc.property(arbitraryInput(model!.shapes, input), (value) => {
        expect(check(value)).toBeUndefined();
      }), { seed: 1, numRuns: 20 });
    }
  }
});

test('an input without one of its required members has that problem', () => {
  for (const { model } of services) {
    const shapes = new CompiledShapes(model!.shapes);
    for (const { input } of Object.values(model!.operations)) {
      const shape = model!.shapes[input];
      const required = shape.type === 'structure' ? shape.required ?? [] : [];
      const [sample] = fc.sample(arbitraryInput(model!.shapes, input), { seed: 1, numRuns: 1 }) as JsonObject[];
      for (const name of required) {
        expect(shapes.check(input)({ ...sample, [name]: null })).toMatchObject([{ kind: 'missing', path: [{ member: name }] }]);
      }
    }
  }
});

const PUBLISHED: PublishedModel = {
  operations: { Put: { input: { shape: 'PutInput' }, errors: [{ shape: 'Full' }] }, Other: { input: { shape: 'OtherInput' } } },
  shapes: {
    PutInput: { type: 'structure', required: ['Key'], members: { Key: { shape: 'Key' }, Next: { shape: 'PutInput' } } },
    OtherInput: { type: 'structure', members: {} },
    Key: { type: 'string', min: 1, pattern: '[\'\\w]+' },
  },
};

test('what is kept of a published model is what its operations reach', () => {
  expect(sourceOf(PUBLISHED, ['Put'], 'botocore 1, data/x')).toBe(`// From botocore 1, data/x (Apache-2.0). To change it, run projenrc/write-service-models.ts.
import { ServiceModel } from '../../models';

export const MODEL: ServiceModel = {
  operations: {
    Put: { input: 'PutInput', errors: ['Full'] },
  },
  known: ['Other', 'Put'],
  shapes: {
    Key: { type: 'string', pattern: '[\\'\\\\w]+', min: 1 },
    PutInput: { type: 'structure', members: { Key: 'Key', Next: 'PutInput' }, required: ['Key'] },
  },
};
`);
});
