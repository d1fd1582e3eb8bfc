import { OrderEvent, takeEvent } from './event/take-event';
import { intakeOfEnvironment } from './intake-environment';
import type { Placed } from './place-order';

const { intake } = intakeOfEnvironment();

export const handler = async (event: OrderEvent): Promise<Placed> => takeEvent(intake, event);
