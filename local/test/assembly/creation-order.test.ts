import { creationOrder } from '../../src/assembly';

const resource = (Properties = {}, more = {}) => ({ Type: 'AWS::SNS::Topic', Properties, ...more });

test('each resource comes after those it refers to, in whatever way', () => {
  const order = creationOrder({
    Ref: resource({ a: { Ref: 'Base' } }),
    Attribute: resource({ a: [{ 'Fn::GetAtt': ['Ref', 'Arn'] }] }),
    Text: resource({ a: { b: { 'Fn::Sub': '${Attribute.Arn} ${AWS::Region} ${!Base}' } } }),
    Explicit: resource({}, { DependsOn: ['Text'] }),
    Base: resource({ a: { Ref: 'AWS::Region' } }),
  });
  expect(order).toEqual(['Base', 'Ref', 'Attribute', 'Text', 'Explicit']);
});

test('a circle is refused with its way', () => {
  expect(() => creationOrder({ A: resource({ b: { Ref: 'B' } }), B: resource({ a: { Ref: 'A' } }) })).toThrow('in a circle: A -> B -> A');
});
