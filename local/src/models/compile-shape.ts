import { Constraint, constraintsOf } from './constraints';
import { ListShape, MapShape, ScalarShape, ServiceModel, Shape, StructureShape } from './model';
import { Problem, Step, within } from './problem';
import { isJsonObject, Json } from '../json';

/** What is wrong with a value; undefined if nothing is, which costs no allocation. */
export type Check = (value: Json) => Problem[] | undefined;

/** Compiles the shapes of a service: each once, when it is first needed. */
export class CompiledShapes {
  private readonly checks = new Map<string, Check>();

  constructor(private readonly shapes: ServiceModel['shapes']) {}

  public check(name: string): Check {
    let check = this.checks.get(name);
    if (!check) {
      // Shapes contain themselves: until this one is compiled, its parts get a check that looks it up.
      this.checks.set(name, (value) => this.checks.get(name)!(value));
      check = this.compile(this.shapes[name]);
      this.checks.set(name, check);
    }
    return check;
  }

  private compile(shape: Shape): Check {
    switch (shape.type) {
      case 'structure':
        return this.structure(shape);
      case 'list':
        return this.list(shape);
      case 'map':
        return this.map(shape);
      default:
        return scalar(shape);
    }
  }

  private structure({ type, members, required = [] }: StructureShape): Check {
    const known = Object.keys(members);
    const checks = new Map(known.map((name) => [name, this.check(members[name])]));
    return (value) => {
      if (!isJsonObject(value)) {
        return wrongType(type, value);
      }
      const found = new Found();
      for (const name in value) {
        const check = checks.get(name);
        const member = value[name];
        if (!check) {
          found.add({ member: name }, [{ kind: 'unknown', path: [], known }]);
        } else if (member !== null && member !== undefined) {
          found.add({ member: name }, check(member));
        }
      }
      for (const name of required) {
        if (value[name] === undefined || value[name] === null) {
          found.add({ member: name }, [{ kind: 'missing', path: [] }]);
        }
      }
      return found.problems;
    };
  }

  private list(shape: ListShape): Check {
    const own = constraintsOf(shape);
    const element = this.element(shape.member);
    return (value) => {
      if (!Array.isArray(value)) {
        return wrongType(shape.type, value);
      }
      const found = new Found(violations(own, value));
      value.forEach((item, index) => {
        const broken = element.broken(item);
        if (broken) {
          found.add(undefined, [violation(`Member must satisfy constraint: [${element.constraints}]`, value, item)]);
        } else {
          found.add({ element: String(index + 1) }, element.check(item));
        }
      });
      return found.problems;
    };
  }

  private map(shape: MapShape): Check {
    const own = constraintsOf(shape);
    const [key, element] = [this.element(shape.key), this.element(shape.value)];
    return (value) => {
      if (!isJsonObject(value)) {
        return wrongType(shape.type, value);
      }
      const found = new Found(violations(own, value));
      for (const name in value) {
        const item = value[name];
        if (key.broken(name)) {
          found.add(undefined, [violation(`Map keys must satisfy constraint: [${key.constraints}]`, value, name)]);
        } else if (element.broken(item)) {
          found.add(undefined, [violation(`Map value must satisfy constraint: [${element.constraints}]`, value, item)]);
        } else {
          found.add({ element: name }, element.check(item));
        }
      }
      return found.problems;
    };
  }

  /** Services report a violation of an element's own rules at the list or map, with all of these rules. */
  private element(name: string) {
    const shape = this.shapes[name];
    const rules = constraintsOf(shape);
    return {
      check: this.check(name),
      constraints: rules.map(({ text }) => text).join(', '),
      broken: (value: Json) => rules.length > 0 && isOf(shape, value) && rules.some((rule) => !rule.holds(value)),
    };
  }
}

function scalar(shape: ScalarShape): Check {
  const rules = constraintsOf(shape);
  return (value) => (isOf(shape, value) ? violations(rules, value, shape.sensitive) : wrongType(shape.type, value));
}

function isOf({ type }: Shape, value: Json): boolean {
  switch (type) {
    case 'structure':
    case 'map':
      return isJsonObject(value);
    case 'list':
      return Array.isArray(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
    case 'blob':
      return typeof value === 'string';
    case 'timestamp':
      return typeof value === 'string' || typeof value === 'number';
    default:
      return typeof value === 'number';
  }
}

function wrongType(expected: Shape['type'], value: Json): Problem[] {
  return [{ kind: 'type', path: [], expected, value }];
}

function violation(constraint: string, value: Json, culprit: Json, sensitive = false): Problem {
  return { kind: 'constraint', path: [], constraint, value, culprit, sensitive };
}

function violations(rules: readonly Constraint[], value: Json, sensitive?: boolean): Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const rule of rules) {
    if (!rule.holds(value)) {
      (problems ??= []).push(violation(rule.text, value, value, sensitive));
    }
  }
  return problems;
}

/** Gathers problems, if there are any. */
class Found {
  constructor(public problems?: Problem[]) {}

  /** @param step undefined for the place itself */
  public add(step: Step | undefined, problems: Problem[] | undefined): void {
    if (problems) {
      (this.problems ??= []).push(...(step ? within(step, problems) : problems));
    }
  }
}
