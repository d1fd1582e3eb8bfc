import { Made } from './made';
import { Need } from './need';
import { remedyOf } from './remedy';
import { Decision } from '../../permissions';
import { Caller } from '../service';
import { machineOf } from './execution-arn';

type Denied = Extract<Decision, { allowed: false }>;

/** What the developer reads about a call that is denied: who may not do what to which resource, why, and what to write. */
export function adviceOn(caller: Caller, { action, resources: [resource] }: Need, { denials: [denial], by }: Denied, made: Made) {
  const path = made.pathOf(resource);
  const what = `${nameOf(caller, made)} may not do ${action} on ${path === undefined ? resource : `${path} (${resource})`}`;
  if (denial) {
    return { advice: `${what}: ${denial.place} denies it` };
  }
  if (by === 'boundary') {
    return { advice: `${what}: the permissions boundary of its role does not allow it` };
  }
  const remedy = remedyOf(action, granteeOf(caller, made), path === undefined ? undefined : variableOf(path));
  return { remedy, advice: `${what}: ${by === 'identity' ? 'no policy of its role allows it' : 'the policy of the resource does not admit it'}. In the CDK app: ${remedy}` };
}

function nameOf({ kind, name, executionArn, as }: Caller, made: Made): string {
  if (as && 'service' in as) {
    return `${as.service} (for ${made.pathOf(as.sourceArn) ?? as.sourceArn})`;
  }
  return kind === 'state' ? `the state ${name} of ${machineName(executionArn!, made)}` : made.pathOfFunction(name) ?? name;
}

/** The caller as a CDK app would write it. */
function granteeOf({ kind, name, executionArn, as }: Caller, made: Made): string {
  if (as && 'service' in as) {
    return `new ServicePrincipal('${as.service}')`;
  }
  return variableOf(kind === 'state' ? machineName(executionArn!, made) : made.pathOfFunction(name) ?? name);
}

function machineName(executionArn: string, made: Made): string {
  const machine = machineOf(executionArn);
  return made.pathOf(machine) ?? machine.slice(machine.lastIndexOf(':') + 1);
}

/** A construct's id as the name of a variable: `Shop/CheckFraud` is `checkFraud`. */
function variableOf(path: string): string {
  const id = path.slice(path.lastIndexOf('/') + 1).replace(/\W/g, '');
  return id.charAt(0).toLowerCase() + id.slice(1);
}
