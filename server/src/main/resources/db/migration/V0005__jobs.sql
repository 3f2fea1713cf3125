-- Recurring work, run once in a cluster (the table of db-scheduler, in the form its documentation gives for PostgreSQL).

CREATE TABLE scheduled_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 50);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
COMMENT ON TABLE scheduled_tasks IS 'Recurring work: which job runs next and when, and which server runs it now (db-scheduler).';
COMMENT ON COLUMN scheduled_tasks.task_name IS 'Name of the job: feature.verb';
COMMENT ON COLUMN scheduled_tasks.task_instance IS 'Which instance of the job';
COMMENT ON COLUMN scheduled_tasks.task_data IS 'State of the job';
COMMENT ON COLUMN scheduled_tasks.execution_time IS 'When it runs next';
COMMENT ON COLUMN scheduled_tasks.picked IS 'Whether it runs now';
COMMENT ON COLUMN scheduled_tasks.picked_by IS 'The server that runs it';
COMMENT ON COLUMN scheduled_tasks.last_success IS 'When it last succeeded';
COMMENT ON COLUMN scheduled_tasks.last_failure IS 'When it last failed';
COMMENT ON COLUMN scheduled_tasks.consecutive_failures IS 'How often it failed since it last succeeded';
COMMENT ON COLUMN scheduled_tasks.last_heartbeat IS 'Last sign of life of the server that runs it';
COMMENT ON COLUMN scheduled_tasks.version IS 'Guards against two servers changing the row at once';
COMMENT ON COLUMN scheduled_tasks.priority IS 'Higher runs first';
