// What must hold between the objects of the chart, and what pods must keep to. Each rule lists what is wrong.

const READ_BY_NODE = new Set(['NODE_OPTIONS']);
const isSubset = (part, whole) => Object.entries(part).every(([key, value]) => whole?.[key] === value);
const of = (objects, kind) => objects.filter((object) => object.kind === kind);
const named = (objects, kind, name) => of(objects, kind).find((object) => object.metadata.name === name);
const podOf = (deployment) => deployment.spec.template;

/** The "restricted" Pod Security Standard, a read-only file system, and no token of the cluster. */
export function podSecurity(objects) {
  return of(objects, 'Deployment').flatMap((deployment) => {
    const { spec } = podOf(deployment);
    const wrong = [];
    const must = (holds, what) => holds || wrong.push(`${deployment.metadata.name} must ${what}`);
    must(spec.securityContext?.runAsNonRoot === true, 'run as non-root');
    must(spec.securityContext?.runAsUser > 0, 'run as a user with a number above 0');
    must(
      spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
      'use the seccomp profile RuntimeDefault',
    );
    must(spec.automountServiceAccountToken === false, 'mount no service account token');
    must(!spec.hostNetwork && !spec.hostPID && !spec.hostIPC, 'stay out of the host');
    must(
      (spec.volumes ?? []).every(
        (volume) => volume.emptyDir || volume.configMap || volume.secret || volume.projected,
      ),
      'use no volumes of the host',
    );
    for (const { name, securityContext = {}, resources = {} } of [
      ...spec.containers,
      ...(spec.initContainers ?? []),
    ]) {
      must(securityContext.allowPrivilegeEscalation === false, `forbid ${name} privilege escalation`);
      must(securityContext.readOnlyRootFilesystem === true, `give ${name} a read-only file system`);
      must(securityContext.capabilities?.drop?.includes('ALL'), `drop all capabilities of ${name}`);
      must(!securityContext.privileged && !securityContext.capabilities?.add, `give ${name} no privileges`);
      must(resources.requests?.cpu && resources.requests?.memory, `request cpu and memory for ${name}`);
      must(resources.limits?.memory, `limit the memory of ${name}`);
    }
    return wrong;
  });
}

/** Every deployment has its three probes, on a port that it has. */
export function probes(objects) {
  return of(objects, 'Deployment').flatMap((deployment) =>
    podOf(deployment).spec.containers.flatMap((container) =>
      ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((kind) => {
        const port = container[kind]?.httpGet?.port;
        const has = container.ports?.some(({ name }) => name === port);
        return has ? [] : [`${deployment.metadata.name} needs a ${kind} on one of its ports`];
      }),
    ),
  );
}

/** Whatever one object says of another is there. */
export function references(objects) {
  const wrong = [];
  const must = (holds, what) => holds || wrong.push(what);
  const deployments = of(objects, 'Deployment');
  const selects = (selector) => deployments.filter((one) => isSubset(selector, podOf(one).metadata.labels));

  for (const deployment of deployments) {
    const { name } = deployment.metadata;
    const { spec } = podOf(deployment);
    must(
      isSubset(deployment.spec.selector.matchLabels, podOf(deployment).metadata.labels),
      `${name} selects its own pods`,
    );
    must(
      named(objects, 'ServiceAccount', spec.serviceAccountName),
      `${name}: no service account ${spec.serviceAccountName}`,
    );
    for (const { name: variable, valueFrom } of spec.containers.flatMap(({ env = [] }) => env)) {
      const reference = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
      if (!reference || reference.optional) continue;
      const kind = valueFrom.configMapKeyRef ? 'ConfigMap' : 'Secret';
      const source = named(objects, kind, reference.name);
      // A secret that exists already is not among the objects.
      if (kind === 'Secret' && of(objects, 'Secret').length === 0) continue;
      const data = { ...source?.data, ...source?.stringData };
      must(
        reference.key in data,
        `${name}: ${variable} is not in ${kind} ${reference.name} as ${reference.key}`,
      );
    }
    must(selectedBy(objects, 'PodDisruptionBudget', deployment) === 1, `${name} needs one disruption budget`);
    must(selectedBy(objects, 'Service', deployment) === 1, `${name} needs one service`);
  }
  for (const { metadata, spec } of of(objects, 'Service')) {
    const [deployment, ...more] = selects(spec.selector);
    must(deployment && more.length === 0, `service ${metadata.name} must select one deployment`);
    const ports = deployment ? podOf(deployment).spec.containers.flatMap((container) => container.ports) : [];
    for (const { port, targetPort } of spec.ports) {
      const target = ports.find(({ name }) => name === targetPort);
      must(
        target?.containerPort === port,
        `service ${metadata.name}: port ${port} must be ${targetPort} of its pods`,
      );
    }
  }
  for (const { metadata, spec } of of(objects, 'HorizontalPodAutoscaler')) {
    const deployment = named(objects, 'Deployment', spec.scaleTargetRef.name);
    must(deployment, `autoscaler ${metadata.name} must have a deployment`);
    must(
      deployment?.spec.replicas === undefined,
      `${metadata.name}: the autoscaler sets the replicas, nobody else`,
    );
    must(spec.minReplicas <= spec.maxReplicas, `${metadata.name}: minReplicas is above maxReplicas`);
  }
  for (const { metadata, spec } of of(objects, 'Ingress')) {
    for (const { service } of spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend))) {
      const target = named(objects, 'Service', service.name);
      const port = target?.spec.ports.some(({ name }) => name === service.port.name);
      must(port, `ingress ${metadata.name}: ${service.name} has no port ${service.port.name}`);
    }
  }
  for (const { metadata, spec } of of(objects, 'NetworkPolicy')) {
    must(
      selects(spec.podSelector.matchLabels).length === 1,
      `policy ${metadata.name} must select one deployment`,
    );
  }
  for (const { data } of of(objects, 'ConfigMap')) {
    for (const [, host, port] of JSON.stringify(data).matchAll(/http:\/\/([\w.-]+):(\d+)/g)) {
      const target = named(objects, 'Service', host);
      const has = target?.spec.ports.some((one) => one.port === Number(port));
      must(has, `the configuration names http://${host}:${port}, where no service is`);
    }
  }
  return wrong;
}

const selectedBy = (objects, kind, deployment) =>
  of(objects, kind).filter(({ spec }) =>
    isSubset(spec.selector.matchLabels ?? spec.selector, podOf(deployment).metadata.labels),
  ).length;

/** The environment of a deployment, with the values of this rendering. */
export function environmentOf(objects, deployment) {
  const entries = podOf(deployment).spec.containers.flatMap(({ env = [] }) => env);
  return Object.fromEntries(
    entries.map(({ name, value, valueFrom }) => {
      const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
      if (configMapKeyRef)
        return [name, named(objects, 'ConfigMap', configMapKeyRef.name)?.data[configMapKeyRef.key]];
      if (secretKeyRef)
        return [name, named(objects, 'Secret', secretKeyRef.name)?.stringData[secretKeyRef.key]];
      return [name, value];
    }),
  );
}

/**
 * The environment is what the service's code reads: it knows every variable, accepts the values, and what it would
 * look for on its own machine is set.
 *
 * @param options what is wrong with the gateway's options in an environment
 */
export function configuration(objects, schemas, options) {
  return of(objects, 'Deployment').flatMap((deployment) => {
    const component = deployment.metadata.labels['app.kubernetes.io/component'];
    const schema = schemas.get(component);
    if (!schema)
      return component === 'client'
        ? []
        : [`${component} is in the chart, and has no configuration in the code`];
    const environment = environmentOf(objects, deployment);
    const isOption = (name) => component === 'gateway' && name.startsWith('GATEWAY__');
    const unknown = Object.keys(environment).filter(
      (name) => !(name in schema.shape) && !isOption(name) && !READ_BY_NODE.has(name),
    );
    const local = Object.entries(schema.shape)
      .filter(([name]) => !(name in environment))
      .filter(([, field]) => /127\.0\.0\.1|localhost/.test(defaultOf(field)))
      .map(([name]) => `${component}: ${name} is not set, and its default is on the same machine`);
    const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
    const parsed = schema.safeParse(present);
    const refused = parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${component}: ${path.join('.')} ${message}`);
    const wrongOptions = component === 'gateway' ? options(environment) : [];
    return [
      ...unknown.map((name) => `${component}: the code reads no ${name}`),
      ...local,
      ...refused,
      ...wrongOptions.map((problem) => `${component}: ${problem}`),
    ];
  });
}

/** The text that a field starts from when it is not set. */
function defaultOf(field) {
  for (let at = field; at; at = at.def?.innerType ?? at.def?.in) {
    const value = at.def?.defaultValue;
    if (value !== undefined) return String(value);
  }
  return '';
}
