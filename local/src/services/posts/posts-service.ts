import { RECEIVERS } from './receivers';
import { isJsonObject, Json, JsonObject } from '../../json';
import { Outbox } from '../outbox';
import { Operation, ResourceType, Route, Service } from '../service';

/** What functions post to Slack and PagerDuty: it is kept in the outbox, and none is sent. */
export class PostsService implements Service {
  public readonly name = 'posts';
  public readonly types: Readonly<Record<string, ResourceType>> = {};
  public readonly operations: Readonly<Record<string, Operation>> = { Post: (input) => this.keep(input) };
  public readonly routes: readonly Route[] = [{
    method: 'POST', path: '/posts/{Host}', operation: 'Post', bodyAs: 'Body', answer: () => ({ status: 200, body: 'ok' }),
  }];

  constructor(private readonly outbox: Outbox) {}

  private keep({ Host, Body }: JsonObject): JsonObject {
    const host = String(Host);
    const text = String(Body);
    this.outbox.add({ channel: RECEIVERS[host] ?? 'post', to: [host], subject: headline(text), text });
    return {};
  }
}

/** What Slack and PagerDuty show first. */
function headline(text: string): string | undefined {
  const post = parsed(text);
  const { summary } = isJsonObject(post.payload) ? post.payload : post;
  const shown = post.text ?? summary ?? post.event_action;
  return shown === undefined ? undefined : String(shown);
}

function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
