import { OrderEvent, receiveEvent } from './event/receive-event';
import { intakeOfEnvironment } from './intake-environment';
import type { PlacedOrder } from './placed-order';

const { intake } = intakeOfEnvironment();

export const handler = async (event: OrderEvent): Promise<PlacedOrder> => receiveEvent(intake, event);
