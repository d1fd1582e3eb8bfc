import { checkReferences, creationOrder, StackTemplate, Template } from '../../src/assembly';

const orderOf = (Resources: Template['Resources']) => creationOrder({ name: 'Orders', template: { Resources } });
const resource = (Properties = {}, more = {}) => ({ Type: 'AWS::SNS::Topic', Properties, ...more });

test('each resource comes after those it refers to, in whatever way', () => {
  const order = orderOf({
    Ref: resource({ a: { Ref: 'Base' } }),
    Attribute: resource({ a: [{ 'Fn::GetAtt': ['Ref', 'Arn'] }] }),
    Text: resource({ a: { b: { 'Fn::Sub': '${Attribute.Arn} ${AWS::Region} ${!Base}' } } }),
    Explicit: resource({}, { DependsOn: ['Text'] }),
    Base: resource({ a: { Ref: 'AWS::Region' } }),
  });
  expect(order).toEqual(['Base', 'Ref', 'Attribute', 'Text', 'Explicit']);
});

test('a circle is refused as CloudFormation refuses it, with its way', () => {
  const circle = { Start: resource({ a: { Ref: 'A' } }), A: resource({ b: { 'Fn::Sub': '${B.Arn}' } }), B: resource({}, { DependsOn: 'A' }) };
  expect(() => orderOf(circle)).toThrow('stack Orders is refused: Circular dependency between resources: [B, A] (A -> B -> A)');
});

describe('a reference', () => {
  const check = (template: Template) => {
    const stack: StackTemplate = { name: 'Orders', account: '000000000000', region: 'eu-west-1', template, assets: new Map() };
    return () => checkReferences(stack);
  };

  it('to a resource, a parameter, a pseudo parameter or a variable of the text is taken', () => {
    check({
      Parameters: { Size: { Type: 'Number' } },
      Resources: { A: resource({ a: { Ref: 'Size' }, b: { 'Fn::Sub': ['${Own} ${AWS::Region} ${!Text}', { Own: 'x' }] } }), B: resource({ a: { Ref: 'A' } }) },
    })();
  });

  it.each<[string, Template, string]>([
    ['Ref', { Resources: { A: resource({ a: { Ref: 'X' } }) } }, 'Template format error: Unresolved resource dependencies [X] in the Resources block of the template'],
    ['DependsOn', { Resources: { A: resource({}, { DependsOn: ['A', 'X'] }) } }, 'Unresolved resource dependencies [X] in the Resources block'],
    ['Fn::Sub', { Resources: { A: resource({ a: { 'Fn::Sub': '${X.Arn}/${Y}' } }) } }, 'Unresolved resource dependencies [X, Y] in the Resources block'],
    ['Fn::GetAtt', { Resources: { A: resource({ a: { 'Fn::GetAtt': ['X', 'Arn'] } }) } }, 'Template error: instance of Fn::GetAtt references undefined resource X'],
    ['an output', { Outputs: { A: { Value: { Ref: 'X' } } } }, 'Unresolved resource dependencies [X] in the Outputs block of the template'],
  ])('by %s to what the template does not have is refused as CloudFormation refuses it', (_, template, message) => {
    expect(check(template)).toThrow(message);
  });
});
