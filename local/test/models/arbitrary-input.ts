import fc, { Arbitrary } from 'fast-check';
import { Json } from '../../src/json';
import { ServiceModel, Shape } from '../../src/models';

const MOST = 3;

/** Inputs as a shape allows them: members that are not required may be missing. */
export function arbitraryInput(shapes: ServiceModel['shapes'], name: string, depth = 0): Arbitrary<Json> {
  const shape = shapes[name];
  const part = (type: string) => arbitraryInput(shapes, type, depth + 1);
  switch (shape.type) {
    case 'structure': {
      const { required = [] } = shape;
      const members = Object.entries(shape.members).filter(([member]) => depth < MOST || required.includes(member));
      const parts = Object.fromEntries(members.map(([member, type]) => [member, part(type)]));
      return fc.record(parts, { requiredKeys: [...required] }) as Arbitrary<Json>;
    }
    case 'list':
      return fc.array(part(shape.member), lengths(shape, MOST)) as Arbitrary<Json>;
    case 'map':
      return fc.dictionary(text(shapes[shape.key]), part(shape.value), {
        minKeys: shape.min ?? 0, maxKeys: Math.min(shape.max ?? MOST, MOST),
      }) as Arbitrary<Json>;
    case 'boolean':
      return fc.boolean();
    case 'string':
    case 'blob':
      return text(shape);
    case 'timestamp':
      return fc.nat();
    default:
      return fc.integer({ min: shape.min ?? 0, max: shape.max ?? 1_000 });
  }
}

function text(shape: Shape): Arbitrary<string> {
  const { enum: values, pattern } = shape as { enum?: readonly string[]; pattern?: string };
  if (values) {
    return fc.constantFrom(...values);
  }
  const { minLength, maxLength } = lengths(shape as { min?: number; max?: number }, 40);
  return pattern === undefined
    ? fc.string({ minLength, maxLength })
    : fc.stringMatching(whole(withoutLookahead(pattern)))
      .map((value) => value.repeat(Math.max(1, Math.ceil(minLength / Math.max(1, value.length)))))
      .filter((value) => value.length >= minLength && value.length <= maxLength && whole(pattern).test(value));
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
}

/** The generator of texts knows neither assertions nor classes of Unicode. */
function withoutLookahead(pattern: string): string {
  return pattern.replace(/\(\?[=!][^)]*\)+/g, '').replaceAll('\\p{ASCII}', '[ -~]');
}

function lengths({ min = 0, max = Infinity }: { readonly min?: number; readonly max?: number }, most: number) {
  return { minLength: min, maxLength: Math.max(min, Math.min(max, most)) };
}
