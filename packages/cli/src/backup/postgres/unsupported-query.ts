import { OURS } from './schema-queries.js';

/** Objects that `schemaQueries` do not describe, in words. */
export const unsupportedQuery = `
  WITH ${OURS}, found AS (
    SELECT CASE relkind WHEN 'm' THEN 'the materialized view ' WHEN 'f' THEN 'the foreign table ' ELSE 'the type ' END || name AS what
    FROM ours WHERE relkind IN ('m', 'f', 'c')
    UNION ALL SELECT 'row security of ' || name FROM ours WHERE relrowsecurity
    UNION ALL SELECT 'the replica identity of ' || name FROM ours WHERE relkind IN ('r', 'p') AND relreplident <> 'd'
    UNION ALL SELECT 'the inheritance of ' || o.name FROM ours o JOIN pg_inherits i ON i.inhrelid = o.oid
      WHERE o.relkind = 'r' AND NOT o.relispartition
    UNION ALL SELECT format('the rule %I on %s', r.rulename, o.name) FROM ours o JOIN pg_rewrite r ON r.ev_class = o.oid
      WHERE r.rulename <> '_RETURN'
    UNION ALL SELECT format('the statistics %I of %s', s.stxname, o.name)
      FROM ours o JOIN pg_statistic_ext s ON s.stxrelid = o.oid
    UNION ALL SELECT format('the type %I.%I', n.nspname, t.typname)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND t.typtype IN ('d', 'r')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    UNION ALL SELECT format('the aggregate %I.%I', n.nspname, p.proname)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.prokind = 'a'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    UNION ALL SELECT format('the event trigger %I', evtname) FROM pg_event_trigger
    UNION ALL SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)
  )
  SELECT what FROM found ORDER BY what`;
