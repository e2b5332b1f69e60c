-- 20250224120000_the_shop, down
--
-- Drops 1 materialized view, 1 view, 7 tables, 1 procedure, 2 functions, 1 sequence, 1 composite
-- type, 2 domains, 1 enum, 2 extensions and 2 schemas.
-- Proven on PostgreSQL 15.20: up, down, up; no rows were at stake.
-- Run it by: psql -v ON_ERROR_STOP=1 -f down.sql
--
-- Destroys for good:
--   the data of table shop.address
--   the data of table shop.booking
--   the data of table shop.order_line
--   the data of table shop.order
--   the data of table shop.customer
--   the data of table shop.product
--   the data of table shop.category

BEGIN;

-- reporting.daily_sales: dropped (schema/reporting.schema:12)
-- ACCESS EXCLUSIVE on reporting.daily_sales
DROP MATERIALIZED VIEW reporting.daily_sales;

-- reporting.open_order: dropped (schema/reporting.schema:4)
-- ACCESS EXCLUSIVE on reporting.open_order
DROP VIEW reporting.open_order;

-- shop.address: dropped (schema/customer.schema:24)
-- ACCESS EXCLUSIVE on shop.address
-- ACCESS EXCLUSIVE on shop.customer
-- DS102: drops a table and its rows
DROP TABLE shop.address;

-- shop.booking: dropped (schema/booking.schema:4)
-- ACCESS EXCLUSIVE on shop.booking
-- ACCESS EXCLUSIVE on shop.customer
-- DS102: drops a table and its rows
DROP TABLE shop.booking;

-- shop.order_line: dropped (schema/order.schema:15)
-- ACCESS EXCLUSIVE on shop.order_line
-- ACCESS EXCLUSIVE on shop.order
-- ACCESS EXCLUSIVE on shop.product
-- DS102: drops a table and its rows
DROP TABLE shop.order_line;

-- shop.order: dropped (schema/order.schema:3)
-- ACCESS EXCLUSIVE on shop.order
-- ACCESS EXCLUSIVE on shop.customer
-- DS102: drops a table and its rows
DROP TABLE shop."order";

-- shop.customer: dropped (schema/customer.schema:4)
-- ACCESS EXCLUSIVE on shop.customer
-- DS102: drops a table and its rows
DROP TABLE shop.customer;

-- shop.product: dropped (schema/product.schema:11)
-- ACCESS EXCLUSIVE on shop.product
-- ACCESS EXCLUSIVE on shop.category
-- DS102: drops a table and its rows
DROP TABLE shop.product;

-- shop.category: dropped (schema/product.schema:3)
-- ACCESS EXCLUSIVE on shop.category
-- DS102: drops a table and its rows
DROP TABLE shop.category;

-- shop.pay(bigint): dropped (schema/order.schema:35)
DROP PROCEDURE shop.pay(bigint);

-- shop.order_total(bigint): dropped (schema/order.schema:28)
DROP FUNCTION shop.order_total(bigint);

-- shop.touch_modified_on(): dropped (schema/customer.schema:38)
DROP FUNCTION shop.touch_modified_on();

-- shop.invoice_number: dropped (schema/types.schema:22)
-- ACCESS EXCLUSIVE on shop.invoice_number
-- DS113: drops a sequence and its count
DROP SEQUENCE shop.invoice_number;

-- shop.money_amount: dropped (schema/types.schema:16)
DROP TYPE shop.money_amount;

-- shop.email: dropped (schema/types.schema:11)
DROP DOMAIN shop.email;

-- shop.quantity: dropped (schema/types.schema:13)
DROP DOMAIN shop.quantity;

-- shop.order_status: dropped (schema/types.schema:8)
DROP TYPE shop.order_status;

-- btree_gist: dropped (schema/types.schema:5)
-- DS105: drops an extension with all that it brought
DROP EXTENSION btree_gist;

-- citext: dropped (schema/types.schema:4)
-- DS105: drops an extension with all that it brought
DROP EXTENSION citext;

-- reporting: dropped (schema/reporting.schema:1)
-- DS101: drops a schema
DROP SCHEMA reporting;

-- shop: dropped (schema/booking.schema:1)
-- DS101: drops a schema
DROP SCHEMA shop;

COMMIT;
