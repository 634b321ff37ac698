// Damage done to a rendered chart, to see that the check would notice it.

const deployment = (objects, component) =>
  objects.find(
    ({ kind, metadata }) =>
      kind === 'Deployment' && metadata.labels['app.kubernetes.io/component'] === component,
  );
const container = (objects, component) => deployment(objects, component).spec.template.spec.containers[0];
const find = (objects, kind) => objects.find((object) => object.kind === kind);

export const breakages = {
  'a field that Kubernetes does not have': (objects) => {
    container(objects, 'users').livenessProbe.httpget = { path: '/health' };
  },
  'a number that is a text': (objects) => {
    deployment(objects, 'orders').spec.replicas = '2';
  },
  'a container that may become root': (objects) => {
    deployment(objects, 'gateway').spec.template.spec.securityContext.runAsNonRoot = false;
  },
  'a writable file system': (objects) => {
    delete container(objects, 'client').securityContext.readOnlyRootFilesystem;
  },
  'a missing probe': (objects) => {
    delete container(objects, 'payments').readinessProbe;
  },
  'a service without pods': (objects) => {
    find(objects, 'Service').spec.selector['app.kubernetes.io/component'] = 'nobody';
  },
  'a key that the secret does not have': (objects) => {
    delete find(objects, 'Secret').stringData['redis-url'];
  },
  'an address where nothing is': (objects) => {
    const { data } = find(objects, 'ConfigMap');
    data['subgraph-urls'] = data['subgraph-urls'].replace('orders:4000', 'order:4000');
  },
  'a variable that the code does not read': (objects) => {
    container(objects, 'inventory').env.push({ name: 'MONGO_URL', value: 'mongodb://mongo:27017' });
  },
  'a database that is left at its default': (objects) => {
    const { env } = container(objects, 'users');
    env.splice(
      env.findIndex(({ name }) => name === 'DATABASE_URL'),
      1,
    );
  },
  'an option that the gateway does not have': (objects) => {
    container(objects, 'gateway').env.push({ name: 'GATEWAY__LIMITS__MAX_HEIGHT', value: '12' });
  },
  'a value that the code refuses': (objects) => {
    find(objects, 'ConfigMap').data['log-level'] = 'verbose';
  },
};
