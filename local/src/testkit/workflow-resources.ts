import { pathOf, resourcesNamed, resourcesOf, ResourceName, shownName } from './named-resource';
import { OrderDefinition, readOrderDefinition } from './order-definition';
import { ownCall } from './own-call';
import { JsonObject } from '../json';
import { DeployedResource, DeployedStack } from '../runtime/deployment';
import { ServiceCalls } from '../services/service-calls';

const MACHINE = 'AWS::StepFunctions::StateMachine';
const FUNCTION = 'AWS::Lambda::Function';
/** The path of the function that repairs orders inside of its workflow. */
const REPAIR = /\/RepairOrder$/;
/** The path of the state machine inside of its workflow. */
const IN_WORKFLOW = /\/Saga\/StateMachine$/;
export const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** The resources of a workflow, found by what the templates define and not by the names of constructs. */
export interface WorkflowResources extends OrderDefinition {
  readonly path: string;
  readonly machineArn: string;
  /** The table keyed by `productId`; where there are several, the one that stands closest in the construct tree. */
  readonly productsTable?: string;
  /** The name of the function that repairs orders: the only resource that is found by the path of its construct. */
  readonly repairFunction?: string;
}

/** All order workflows of the stacks. */
export async function findWorkflows(stacks: readonly DeployedStack[], calls: ServiceCalls): Promise<WorkflowResources[]> {
  const products = await tablesKeyedBy('productId', stacks, calls);
  const repairs = resourcesOf(stacks, [FUNCTION]).filter((resource) => REPAIR.test(pathOf(resource)));
  const machines = await orderMachines(resourcesOf(stacks, [MACHINE]), calls);
  return machines.map(({ machine, definition }) => ({
    ...definition,
    path: pathOf(machine).replace(IN_WORKFLOW, ''),
    machineArn: machine.ref,
    productsTable: closest(products, pathOf(machine))?.ref,
    repairFunction: closest(repairs, pathOf(machine))?.ref,
  }));
}

/** The workflow of this name; without a name, the only one. */
export function chooseWorkflow(all: readonly WorkflowResources[], stacks: readonly DeployedStack[], name?: ResourceName): WorkflowResources {
  const wanted = name === undefined ? undefined : new Set(resourcesNamed(stacks, name, [MACHINE]).map(({ ref }) => ref));
  const found = all.filter(({ machineArn }) => wanted?.has(machineArn) ?? true);
  const paths = all.map(({ path }) => path).join(', ');
  if (all.length === 0) {
    throw new Error('there is no order workflow in the stacks: add an OrderProcessingWorkflow');
  }
  if (found.length === 0) {
    throw new Error(`there is no order workflow '${shownName(name!)}'; there is ${paths}`);
  }
  if (found.length > 1) {
    throw new Error(`there are several order workflows (${paths}): name one by its construct or a part of its path`);
  }
  return found[0];
}

async function orderMachines(machines: readonly DeployedResource[], calls: ServiceCalls) {
  const read = await Promise.all(machines.map(async (machine) => {
    const { definition } = await ownCall(calls, 'states', 'DescribeStateMachine', { stateMachineArn: machine.ref });
    return { machine, definition: readOrderDefinition(String(definition)) };
  }));
  return read.flatMap(({ machine, definition }) => (definition ? [{ machine, definition }] : []));
}

async function tablesKeyedBy(key: string, stacks: readonly DeployedStack[], calls: ServiceCalls): Promise<DeployedResource[]> {
  const tables = resourcesOf(stacks, TABLES);
  const keys = await Promise.all(tables.map(async ({ ref }) => {
    const { Table } = await ownCall(calls, 'dynamodb', 'DescribeTable', { TableName: ref });
    return ((Table as JsonObject).KeySchema as JsonObject[]).map(({ AttributeName }) => AttributeName);
  }));
  return tables.filter((_, index) => keys[index].length === 1 && keys[index][0] === key);
}

function closest(resources: readonly DeployedResource[], path: string): DeployedResource | undefined {
  const shared = (resource: DeployedResource): number => {
    const own = pathOf(resource).split('/');
    const difference = path.split('/').findIndex((part, index) => part !== own[index]);
    return difference < 0 ? Infinity : difference;
  };
  return [...resources].sort((a, b) => shared(b) - shared(a))[0];
}
