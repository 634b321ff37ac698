import { z } from 'zod';

/** What a service reads from the environment about events; spread it into its configuration's schema. */
export const eventsConfig = {
  AMQP_URL: z
    .url({
      protocol: /^amqps?$/,
      hostname: /./,
      error: 'must be a URL like amqp://user:password@127.0.0.1:5672',
    })
    .optional()
    .describe(
      'A RabbitMQ broker that carries events between services: amqp://user:password@host:5672/vhost, one virtual host a shop. Unset: they are read from their owners directly.',
    ),
  SOUK_UNRULY_EVENTS: z.coerce
    .number({ error: 'must be a whole number, for example 1' })
    .int('must be a whole number, for example 1')
    .optional()
    .describe(
      'A drill: events come twice, late and out of order on purpose, by choices that this number makes. Unset: they come as they come.',
    ),
};

/** The part of a configuration that {@link eventsConfig} describes. */
export interface EventsConfig {
  readonly AMQP_URL?: string | undefined;
  readonly SOUK_UNRULY_EVENTS?: number | undefined;
}
