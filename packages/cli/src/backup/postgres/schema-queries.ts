/** Relations of ours: not the system's, not an extension's. */
export const OURS = `
  ours AS (
    SELECT c.oid, c.relkind, c.relispartition, c.relpersistence, c.reloptions, c.relpartbound, c.relnamespace,
           c.relname, c.reltype, c.relrowsecurity, c.relreplident, c.relacl, c.relowner, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  )`;

const notOfExtension = (catalogue: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalogue}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

const OUR_NAMESPACES = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

const schemas = `
  SELECT format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS statement
  FROM pg_namespace n WHERE ${OUR_NAMESPACES} AND ${notOfExtension('pg_namespace', 'n.oid')} ORDER BY n.nspname`;

const extensions = `
  SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname) AS statement
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql' ORDER BY e.oid`;

const enums = `
  SELECT format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
                string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)) AS statement
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
  WHERE ${OUR_NAMESPACES} AND ${notOfExtension('pg_type', 't.oid')}
  GROUP BY n.nspname, t.typname ORDER BY n.nspname, t.typname`;

const sequenceOptions = (sequence: string): string => `
  format('INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s', ${sequence}.seqincrement, ${sequence}.seqmin,
         ${sequence}.seqmax, ${sequence}.seqstart, ${sequence}.seqcache, CASE WHEN ${sequence}.seqcycle THEN ' CYCLE' ELSE '' END)`;

/** Those of identity columns come with their table. */
const freeSequences = `
  WITH ${OURS}
  SELECT format('CREATE SEQUENCE %s AS %s ', o.name, format_type(s.seqtypid, NULL)) || ${sequenceOptions('s')} AS statement
  FROM ours o JOIN pg_sequence s ON s.seqrelid = o.oid
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = o.oid AND d.deptype = 'i')
  ORDER BY o.name`;

const functions = `
  SELECT pg_get_functiondef(p.oid) AS statement FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE ${OUR_NAMESPACES} AND p.prokind IN ('f', 'p', 'w') AND ${notOfExtension('pg_proc', 'p.oid')} ORDER BY p.oid`;

const column = `
  format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
  || CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation THEN (
       SELECT format(' COLLATE %I.%I', n.nspname, c.collname)
       FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE c.oid = a.attcollation
     ) ELSE '' END
  || CASE a.attgenerated WHEN 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
       WHEN 'v' THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', pg_get_expr(d.adbin, d.adrelid))
       ELSE coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') END
  || CASE a.attidentity WHEN '' THEN '' ELSE (
       SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s ',
                CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sequence.name) || ${sequenceOptions('s')} || ')'
       FROM pg_depend i JOIN ours sequence ON sequence.oid = i.objid JOIN pg_sequence s ON s.seqrelid = sequence.oid
       WHERE i.classid = 'pg_class'::regclass AND i.refclassid = 'pg_class'::regclass AND i.deptype = 'i'
         AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum
     ) END
  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END`;

/** A table is older than its partitions, except for those attached later; the depth tells. */
const tables = `
  WITH RECURSIVE ${OURS}, tree AS (
    SELECT oid, 0 AS depth FROM ours WHERE relkind IN ('r', 'p') AND NOT relispartition
    UNION ALL SELECT i.inhrelid, depth + 1 FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid
  )
  SELECT format('CREATE %sTABLE %s ', CASE o.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, o.name)
      || CASE WHEN o.relispartition
           THEN format('PARTITION OF %s %s', parent.name, pg_get_expr(o.relpartbound, o.oid))
           ELSE format('(%s)', coalesce((
             SELECT string_agg(${column}, ', ' ORDER BY a.attnum)
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
           ), '')) END
      || CASE o.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(o.oid) ELSE '' END
      || coalesce(' WITH (' || array_to_string(o.reloptions, ', ') || ')', '') AS statement
  FROM tree JOIN ours o ON o.oid = tree.oid
  LEFT JOIN pg_inherits i ON i.inhrelid = o.oid LEFT JOIN ours parent ON parent.oid = i.inhparent
  ORDER BY depth, o.name`;

const sequenceOwners = `
  WITH ${OURS}
  SELECT format('ALTER SEQUENCE %s OWNED BY %s.%I', sequence.name, o.name, a.attname) AS statement
  FROM pg_depend d JOIN ours sequence ON sequence.oid = d.objid AND sequence.relkind = 'S'
  JOIN ours o ON o.oid = d.refobjid
  JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a' ORDER BY sequence.name`;

/** Keys before what refers to them. Those of partitions that come from their table are made with the table's. */
const constraints = `
  WITH ${OURS}
  SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', o.name, c.conname, pg_get_constraintdef(c.oid)) AS statement
  FROM pg_constraint c JOIN ours o ON o.oid = c.conrelid
  WHERE c.contype IN ('p', 'u', 'x', 'c', 'f') AND c.conparentid = 0 AND c.conislocal
  ORDER BY CASE c.contype WHEN 'p' THEN 0 WHEN 'u' THEN 1 WHEN 'f' THEN 3 ELSE 2 END, o.name, c.conname`;

const indexes = `
  WITH ${OURS}
  SELECT regexp_replace(pg_get_indexdef(i.indexrelid), '^(CREATE (?:UNIQUE )?INDEX .*?) ON ONLY ', '\\1 ON ') AS statement
  FROM pg_index i JOIN ours o ON o.oid = i.indrelid
  WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
    AND NOT EXISTS (SELECT FROM pg_inherits p WHERE p.inhrelid = i.indexrelid)
    AND o.relkind IN ('r', 'p')
  ORDER BY i.indexrelid::regclass::text`;

const triggers = `
  WITH ${OURS}
  SELECT pg_get_triggerdef(t.oid) AS statement FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY o.name, t.tgname`;

const triggerStates = `
  WITH ${OURS}
  SELECT format('ALTER TABLE %s %s TRIGGER %I', o.name,
                CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'DISABLE' END, t.tgname) AS statement
  FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'O' ORDER BY o.name, t.tgname`;

/** What the owner may do, where that was changed. Other roles belong to the server, which may have none of them. */
const privileges = `
  WITH ${OURS}, changed AS (
    SELECT *, CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || name AS object
    FROM ours WHERE relacl IS NOT NULL AND relkind IN ('r', 'p', 'v', 'S')
  )
  SELECT format('REVOKE ALL ON %s FROM CURRENT_USER', object) || coalesce((
    SELECT '; GRANT ' || string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) || format(' ON %s TO CURRENT_USER', object)
    FROM aclexplode(relacl) a WHERE a.grantee = relowner
  ), '') AS statement
  FROM changed ORDER BY name`;

const views = `
  WITH ${OURS}
  SELECT format('CREATE VIEW %s%s AS %s', o.name,
                coalesce(' WITH (' || array_to_string(o.reloptions, ', ') || ')', ''), pg_get_viewdef(o.oid)) AS statement
  FROM ours o WHERE o.relkind = 'v' ORDER BY o.oid`;

/**
 * Questions to the catalogue whose answers are statements. What may need another of its kind (functions, views) is in the order
 * of its making, everything else by name, so that equal databases are described equally.
 */
export const schemaQueries = {
  before: [schemas, extensions, enums, freeSequences, functions, tables],
  after: [sequenceOwners, constraints, indexes, views, triggers, triggerStates, privileges],
  /** Tables that hold rows, with the columns that are data. */
  tables: `
    WITH ${OURS}
    SELECT o.name, coalesce((
      SELECT json_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ), '[]') AS columns
    FROM ours o WHERE o.relkind = 'r' ORDER BY o.name`,
  sequences: `WITH ${OURS} SELECT name FROM ours WHERE relkind = 'S' ORDER BY name`,
};
