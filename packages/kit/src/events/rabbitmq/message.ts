import type { ConsumeMessage, Options } from 'amqplib';
import { recordedEventSchema } from '../event-page.js';
import type { RecordedEvent } from '../event.js';

/** The whole event is the body; what the properties repeat of it is for people who look into queues. */
export function toMessage(event: RecordedEvent): {
  readonly content: Buffer;
  readonly options: Options.Publish;
} {
  const { id, type, source, correlationId } = event;
  return {
    content: Buffer.from(JSON.stringify(event)),
    options: {
      persistent: true,
      contentType: 'application/json',
      messageId: id,
      type,
      appId: source,
      correlationId,
    },
  };
}

/** @returns undefined for a message that is no event */
export function fromMessage(message: ConsumeMessage): RecordedEvent | undefined {
  try {
    const parsed = recordedEventSchema.safeParse(JSON.parse(message.content.toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
