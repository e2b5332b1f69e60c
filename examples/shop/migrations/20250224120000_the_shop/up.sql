-- 20250224120000_the_shop, up
--
-- Adds 2 schemas, 2 extensions, 1 enum, 2 domains, 1 composite type, 1 sequence, 2 functions, 1
-- procedure, 7 tables, 11 indexes, 1 view, 1 materialized view and 1 trigger.
-- Proven on PostgreSQL 15.20: up, down, up; no rows were at stake.
-- Run it by: psql -v ON_ERROR_STOP=1 -f up.sql

BEGIN;

-- Bodies are checked when they first run: they may name what comes after them.
SET LOCAL check_function_bodies = off;

-- reporting: added (schema/reporting.schema:1)
CREATE SCHEMA reporting;

-- shop: added (schema/booking.schema:1)
CREATE SCHEMA shop;

-- btree_gist: added (schema/types.schema:5)
CREATE EXTENSION btree_gist SCHEMA public;

-- citext: added (schema/types.schema:4)
CREATE EXTENSION citext SCHEMA public;

-- shop.order_status: added (schema/types.schema:8)
CREATE TYPE shop.order_status AS ENUM ('pending', 'paid', 'dispatched', 'cancelled');

-- shop.email: added (schema/types.schema:11)
CREATE DOMAIN shop.email AS public.citext CONSTRAINT well_formed CHECK (value ~ '^[^@\s]+@[^@\s]+$');

-- shop.quantity: added (schema/types.schema:13)
CREATE DOMAIN shop.quantity AS integer CONSTRAINT positive CHECK (value > 0);

-- shop.money_amount: added (schema/types.schema:16)
CREATE TYPE shop.money_amount AS (
    amount numeric(12,2),
    currency character(3)
);

-- shop.invoice_number: added (schema/types.schema:22)
CREATE SEQUENCE shop.invoice_number START WITH 10001 CACHE 20;

-- shop.touch_modified_on(): added (schema/customer.schema:38)
CREATE FUNCTION shop.touch_modified_on() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.modified_on := now();
  return new;
end
$$;

-- shop.pay(bigint): added (schema/order.schema:35)
CREATE PROCEDURE shop.pay(wanted bigint)
    LANGUAGE plpgsql
    AS $$
begin
  update shop."order"
  set status = 'paid', invoice = nextval('shop.invoice_number')
  where id = wanted and status = 'pending';
end
$$;

-- shop.category: added (schema/product.schema:3)
CREATE TABLE shop.category (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    parent_id integer,
    name text NOT NULL,
    CONSTRAINT category_pkey PRIMARY KEY (id),
    CONSTRAINT category_parent_id_name_key UNIQUE (parent_id, name),
    CONSTRAINT category_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES shop.category (id)
);

-- shop.customer: added (schema/customer.schema:4)
CREATE TABLE shop.customer (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    email shop.email NOT NULL,
    name text NOT NULL,
    nickname text COLLATE "C",
    born date,
    search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', name)) STORED,
    created_on timestamp with time zone NOT NULL DEFAULT now(),
    modified_on timestamp with time zone,
    CONSTRAINT customer_pkey PRIMARY KEY (id),
    CONSTRAINT customer_email_key UNIQUE (email),
    CONSTRAINT customer_born_check CHECK (born > date '1900-01-01'),
    CONSTRAINT plausible CHECK (born is null or born < created_on::date)
) WITH (fillfactor = 80);

-- shop.product: added (schema/product.schema:11)
CREATE TABLE shop.product (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    category_id integer NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    price shop.money_amount NOT NULL,
    attributes jsonb NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT product_pkey PRIMARY KEY (id),
    CONSTRAINT product_sku_key UNIQUE (sku),
    CONSTRAINT price_not_negative CHECK ((price).amount >= 0),
    CONSTRAINT sku_form CHECK (sku ~ '^[A-Z]{3}-[0-9]+$'),
    CONSTRAINT product_category_id_fkey FOREIGN KEY (category_id) REFERENCES shop.category (id)
);

-- shop.address: added (schema/customer.schema:24)
CREATE TABLE shop.address (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    street text NOT NULL,
    postcode character varying(10) NOT NULL,
    city text NOT NULL,
    country character(2) NOT NULL DEFAULT 'DE',
    is_default boolean NOT NULL DEFAULT false,
    CONSTRAINT address_pkey PRIMARY KEY (id),
    CONSTRAINT address_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES shop.customer (id) ON DELETE CASCADE
);

-- shop.booking: added (schema/booking.schema:4)
CREATE TABLE shop.booking (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    room integer NOT NULL,
    during tstzrange NOT NULL,
    CONSTRAINT booking_pkey PRIMARY KEY (id),
    CONSTRAINT booking_room_during_excl EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (not isempty(during)),
    CONSTRAINT booking_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES shop.customer (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- shop.order: added (schema/order.schema:3)
CREATE TABLE shop."order" (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    placed_at timestamp with time zone NOT NULL DEFAULT now(),
    status shop.order_status NOT NULL DEFAULT 'pending',
    invoice bigint,
    CONSTRAINT order_pkey PRIMARY KEY (id),
    CONSTRAINT order_invoice_key UNIQUE (invoice),
    CONSTRAINT invoiced_when_paid CHECK (status in ('pending', 'cancelled') or invoice is not null),
    CONSTRAINT order_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES shop.customer (id) ON DELETE RESTRICT
);

-- shop.order_line: added (schema/order.schema:15)
CREATE TABLE shop.order_line (
    order_id bigint NOT NULL,
    position smallint NOT NULL,
    product_id bigint NOT NULL,
    quantity shop.quantity NOT NULL DEFAULT 1,
    unit_price shop.money_amount NOT NULL,
    CONSTRAINT order_line_pkey PRIMARY KEY (order_id, position),
    CONSTRAINT order_line_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop."order" (id) ON DELETE CASCADE,
    CONSTRAINT order_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES shop.product (id)
);

-- shop.order_total(bigint): added (schema/order.schema:28)
CREATE FUNCTION shop.order_total(wanted bigint) RETURNS numeric
    LANGUAGE sql STABLE
    AS $$
  select coalesce(sum(quantity * (unit_price).amount), 0)
  from shop.order_line
  where order_id = wanted
$$;

-- shop.address_customer_id_idx: added (schema/customer.schema:33)
CREATE INDEX address_customer_id_idx ON shop.address (customer_id);

-- shop.address_one_default: added (schema/customer.schema:34)
CREATE UNIQUE INDEX address_one_default ON shop.address (customer_id) WHERE (is_default);

-- shop.customer_lower_idx: added (schema/customer.schema:16)
CREATE INDEX customer_lower_idx ON shop.customer (lower(name));

-- shop.customer_modified_on_email_idx: added (schema/customer.schema:18)
CREATE INDEX customer_modified_on_email_idx ON shop.customer (modified_on DESC NULLS LAST) INCLUDE (email) WHERE (modified_on is not null);

-- shop.customer_search: added (schema/customer.schema:17)
CREATE INDEX customer_search ON shop.customer USING gin (search) WITH (fastupdate = off);

-- shop.order_customer_id_placed_at_idx: added (schema/order.schema:11)
CREATE INDEX order_customer_id_placed_at_idx ON shop."order" (customer_id, placed_at DESC);

-- shop.order_open: added (schema/order.schema:12)
CREATE INDEX order_open ON shop."order" (placed_at) WHERE (status in ('pending', 'paid'));

-- shop.order_line_product_id_idx: added (schema/order.schema:24)
CREATE INDEX order_line_product_id_idx ON shop.order_line (product_id);

-- shop.product_category_id_idx: added (schema/product.schema:23)
CREATE INDEX product_category_id_idx ON shop.product (category_id);

-- shop.product_tags: added (schema/product.schema:24)
CREATE INDEX product_tags ON shop.product USING gin (tags);

-- reporting.open_order: added (schema/reporting.schema:4)
CREATE VIEW reporting.open_order AS
select o.id, o.placed_at, c.email, shop.order_total(o.id) as total
  from shop."order" as o
  join shop.customer as c on c.id = o.customer_id
  where o.status in ('pending', 'paid');

-- reporting.daily_sales: added (schema/reporting.schema:12)
CREATE MATERIALIZED VIEW reporting.daily_sales AS
select o.placed_at::date as day, count(distinct o.id) as orders,
         sum(l.quantity * (l.unit_price).amount) as amount
  from shop."order" as o
  join shop.order_line as l on l.order_id = o.id
  where o.status <> 'cancelled'
  group by 1;

-- reporting.daily_sales_day_idx: added (schema/reporting.schema:20)
CREATE UNIQUE INDEX daily_sales_day_idx ON reporting.daily_sales (day);

-- shop.customer.touch: added (schema/customer.schema:19)
CREATE TRIGGER touch
    BEFORE UPDATE ON shop.customer
    FOR EACH ROW
    EXECUTE FUNCTION shop.touch_modified_on();

-- comment on enum shop.order_status: added (schema/types.schema:7)
COMMENT ON TYPE shop.order_status IS 'Where an order stands.';

-- comment on domain shop.email: added (schema/types.schema:10)
COMMENT ON DOMAIN shop.email IS 'An address that a mail server would take.';

-- comment on composite type shop.money_amount: added (schema/types.schema:15)
COMMENT ON TYPE shop.money_amount IS 'Amounts always know their currency.';

-- comment on sequence shop.invoice_number: added (schema/types.schema:21)
COMMENT ON SEQUENCE shop.invoice_number IS 'Numbers that customers see; gaps are fine.';

-- comment on function shop.order_total(bigint): added (schema/order.schema:27)
COMMENT ON FUNCTION shop.order_total(bigint) IS 'What an order comes to.';

-- comment on function shop.touch_modified_on(): added (schema/customer.schema:37)
COMMENT ON FUNCTION shop.touch_modified_on() IS 'What changes a row says so.';

-- comment on procedure shop.pay(bigint): added (schema/order.schema:34)
COMMENT ON PROCEDURE shop.pay(bigint) IS 'Gives the order its invoice number and marks it as paid.';

-- comment on table shop.address: added (schema/customer.schema:23)
COMMENT ON TABLE shop.address IS 'A customer may have several; at most one is the default.';

-- comment on table shop.booking: added (schema/booking.schema:3)
COMMENT ON TABLE shop.booking IS 'Rooms for fittings; two bookings of one room never overlap.';

-- comment on table shop.customer: added (schema/customer.schema:3)
COMMENT ON TABLE shop.customer IS 'People and companies that buy.';

-- comment on column shop.customer.email: added (schema/customer.schema:6)
COMMENT ON COLUMN shop.customer.email IS 'Where invoices go.';

-- comment on column shop.order_line.unit_price: added (schema/order.schema:20)
COMMENT ON COLUMN shop.order_line.unit_price IS 'What it cost on that day, whatever the product costs now.';

-- comment on view reporting.open_order: added (schema/reporting.schema:3)
COMMENT ON VIEW reporting.open_order IS 'Orders that somebody must work on.';

-- comment on materialized view reporting.daily_sales: added (schema/reporting.schema:11)
COMMENT ON MATERIALIZED VIEW reporting.daily_sales IS 'One row a day; refreshed at night.';

COMMIT;
