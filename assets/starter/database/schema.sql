CREATE TABLE IF NOT EXISTS runs (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  namespace  text NOT NULL,
  name       text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz,
  UNIQUE (namespace, name, started_at)
);
CREATE INDEX IF NOT EXISTS runs_by_namespace ON runs (namespace, started_at DESC);
