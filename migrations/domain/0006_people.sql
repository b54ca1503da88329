-- Employees, and the tenant's own roles.

CREATE TABLE roles (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL DEFAULT current_tenant(),
  key         text NOT NULL,
  name        text NOT NULL,
  description text,
  permissions text[] NOT NULL DEFAULT '{}',
  version     int NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  created_by  text,
  updated_at  timestamptz NOT NULL DEFAULT now(),
  updated_by  text
);
CREATE UNIQUE INDEX roles_key ON roles (tenant_id, key);
SELECT protect_tenant_table('roles');

CREATE TABLE employees (
  id               uuid PRIMARY KEY,
  tenant_id        uuid NOT NULL DEFAULT current_tenant(),
  employee_code    text NOT NULL,
  name             text COLLATE "und-x-icu" NOT NULL,
  email            text NOT NULL,
  phone            text,
  department       text,
  designation      text,
  manager_id       uuid REFERENCES employees,
  joined_on        date,
  address          jsonb NOT NULL DEFAULT '{}',
  roles            text[] NOT NULL DEFAULT '{}',
  permissions      text[] NOT NULL DEFAULT '{}',
  auth_user_id     uuid,
  pan_encrypted    text,
  pan_masked       text,
  -- Only the last four digits and a keyed hash: the number itself is never kept (Aadhaar Act 2016, section 29).
  aadhaar_last4    text CHECK (aadhaar_last4 ~ '^[0-9]{4}$'),
  aadhaar_hash     text,
  last_sign_in_at  timestamptz,
  preferences      jsonb NOT NULL DEFAULT '{}',
  status           text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  version          int NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL DEFAULT now(),
  created_by       text,
  updated_at       timestamptz NOT NULL DEFAULT now(),
  updated_by       text
);
CREATE UNIQUE INDEX employees_code ON employees (tenant_id, upper(employee_code));
CREATE UNIQUE INDEX employees_email ON employees (tenant_id, email);
CREATE UNIQUE INDEX employees_sign_in ON employees (tenant_id, auth_user_id) WHERE auth_user_id IS NOT NULL;
CREATE UNIQUE INDEX employees_aadhaar ON employees (tenant_id, aadhaar_hash) WHERE aadhaar_hash IS NOT NULL;
CREATE INDEX employees_by_name ON employees (name, id);
SELECT protect_tenant_table('employees');
SELECT allow_search_of('employees');
