#!/usr/bin/env node
// `npm run screenshots`: takes the README's pictures of a shop that is running. SOUK_URL says where (default
// http://127.0.0.1:4000). Buys three things as a guest; the demo staff moves one of the orders, takes one back, and
// makes payments time out for the third.
import path from 'node:path';
import { chromium } from 'playwright-core';

const url = process.env['SOUK_URL'] ?? 'http://127.0.0.1:4000';
const folder = path.join(import.meta.dirname, '../docs/images');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const open = async () => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  page.setDefaultTimeout(90_000);
  return page;
};
const take = async (page, name) => {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: 82 });
};

/** Puts the product that `page` shows into the cart and fills the checkout in. */
async function fillCheckout(page) {
  await page.getByTestId('add-to-cart').click();
  await page.getByTestId('go-to-checkout').click();
  await page.getByLabel('E-mail address').fill('grace@example.test');
  await page.getByLabel('Full name').fill('Grace Hopper');
  await page.getByLabel('Street and house number').fill('1 Harbour Street');
  await page.getByLabel('Postal code').fill('20095');
  await page.getByLabel('City').fill('Hamburg');
}

/** @returns the order's id */
async function order(page) {
  await page.getByTestId('checkout-submit').first().click();
  await page.waitForURL(/\/orders\//);
  return new URL(page.url()).pathname.split('/').at(-1);
}

const showProduct = async (page, place) => {
  await page.goto(url);
  await page.locator('main a[href^="/p/"]').nth(place).click();
};
const seesStatus = (page, status) =>
  page.locator(`[data-testid="order-status"][data-status="${status}"]`).first().waitFor();

const guest = await open();
await guest.goto(url);
await take(guest, 'home');
await showProduct(guest, 0);
await take(guest, 'product');
await fillCheckout(guest);
const moved = await order(guest);

const staff = await open();
await staff.goto(`${url}/login?to=${encodeURIComponent(`/staff/orders/${moved}`)}`);
await staff.getByLabel('E-mail address').fill('staff@souk.test');
await staff.getByLabel('Password', { exact: true }).fill('souk-demo-pass');
await staff.getByTestId('sign-in-submit').click();
await staff.getByTestId('transition-SHIPPED').click();
await seesStatus(guest, 'SHIPPED');
await take(guest, 'order-live');
await staff.goto(`${url}/staff/orders`);
await take(staff, 'board');

await showProduct(guest, 1);
await fillCheckout(guest);
const takenBack = await order(guest);
await guest.getByTestId('tracking').waitFor();
await staff.goto(`${url}/staff/sagas/${takenBack}`);
await staff.getByTestId('saga-compensate').click();
await staff.getByRole('alertdialog').getByRole('button', { name: 'Take everything back' }).click();
await staff.locator('[data-testid="saga-status"][data-status="COMPENSATED"]').waitFor();
await staff.reload();
await staff.getByTestId('saga-status').waitFor();
await take(staff, 'saga');

await showProduct(guest, 2);
await fillCheckout(guest);
await staff.goto(`${url}/staff/sagas`);
await staff.getByTestId('drill-payments-TIMEOUT').click();
await staff.locator('[data-testid="drill-payments-TIMEOUT"][aria-pressed="true"]').waitFor();
await order(guest);
await seesStatus(guest, 'PENDING');
await staff.reload();
await staff.getByTestId('saga-row').first().waitFor();
await take(staff, 'drills');
await staff.getByTestId('drill-payments-TIMEOUT').click();
await seesStatus(guest, 'PAID');

await staff.goto(`${url}/staff/events`);
await staff.getByTestId('event').first().waitFor();
await staff.getByLabel('Look back').selectOption({ label: '30 days' });
await staff.getByRole('slider').fill('640');
await take(staff, 'events');
await staff.goto(`${url}/staff/analytics`);
await staff.getByTestId('sales-bar').first().waitFor();
await take(staff, 'analytics');
await browser.close();
