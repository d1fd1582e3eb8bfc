import { App } from 'aws-cdk-lib';
import { alerts } from './alerts';
import { brought } from './brought';
import { express } from './express';
import { full } from './full';
import { intakes } from './intakes';
import { live } from './live';
import { minimal } from './minimal';
import { definitionIn, stableTemplate } from '../support/snapshot';

describe.each([
  ['minimal', minimal], ['full', full], ['express', express], ['brought', brought], ['live', live],
  ['intakes', intakes], ['alerts', alerts],
])('the app %s', (_name, make) => {
  const stack = make(new App({ analyticsReporting: false }));

  test('has this template: a construct id that changes replaces a user\'s resource', () => {
    expect(stableTemplate(stack)).toMatchSnapshot();
  });

  test('has this state machine', () => {
    expect(definitionIn(stack)).toMatchSnapshot();
  });
});
