// The installations that the chart is tried with, as paths into its values.

const secret = 'not a real secret, but longer than 32 characters';
const trialSecrets = {
  'secrets.internalSecret': secret,
  'secrets.orderTokenSecret': secret,
  'secrets.databaseUrl': 'postgres://souk:word@postgres.example:5432',
  'secrets.mongodbUrl': 'mongodb://mongo.example:27017',
  'secrets.redisUrl': 'redis://redis.example:6379',
  'secrets.amqpUrl': 'amqp://souk:word@rabbitmq.example:5672/shop',
};

export const values = {
  trial: trialSecrets,
  production: {
    'secrets.existingSecret': 'souk-production',
    publicUrl: 'https://souk.example',
    'image.tag': '1.2.3',
    'image.pullSecrets': ['registry'],
    'defaults.autoscaling.enabled': true,
    'services.gateway.autoscaling.maxReplicas': 40,
    'services.orders.nodeSelector': { disk: 'fast' },
    'defaults.tolerations': [{ key: 'shop', operator: 'Exists', effect: 'NoSchedule' }],
    'defaults.podAnnotations': { 'example.com/scrape': 'yes' },
    'gateway.corsOrigins': ['https://partner.example', 'https://app.example'],
    'ingress.tlsSecret': 'souk-tls',
  },
  'real money': {
    ...trialSecrets,
    'payments.provider': 'http',
    'payments.url': 'https://payments.example:8443',
    'secrets.paymentProviderKey': 'key',
    'secrets.paymentWebhookSecret': 'secret',
  },
  'a real carrier': {
    ...trialSecrets,
    'shipping.carrierUrl': 'https://carrier.example:8443/v1',
    'shipping.carrierName': 'Kestrel',
    'secrets.carrierSecret': secret,
  },
  smallest: {
    ...trialSecrets,
    'defaults.replicas': 1,
    'ingress.enabled': false,
    'networkPolicy.enabled': false,
  },
};

export const refusedValues = {
  'a shared secret of 31 characters': { 'secrets.internalSecret': 'x'.repeat(31) },
  'no database': { 'secrets.databaseUrl': '' },
  'another kind of database': { 'secrets.databaseUrl': 'mysql://db' },
  'a public URL with a path': { publicUrl: 'https://shop.example.com/shop' },
  'real money without a key': { 'payments.provider': 'http' },
  'a carrier without a secret': { 'shipping.carrierUrl': 'https://carrier.example' },
  'another kind of broker': { 'secrets.amqpUrl': 'kafka://broker:9092' },
  'an unknown key': { replicas: 3 },
  'an unknown service': { 'services.warehouse.replicas': 1 },
};
