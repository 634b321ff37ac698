#!/usr/bin/env node
// `npm run screenshots`: takes the README's pictures of a shop that is running. SOUK_URL says where (default
// http://127.0.0.1:4000). Buys one thing as a guest and moves the order as the demo staff.
import path from 'node:path';
import { chromium } from 'playwright-core';

const url = process.env['SOUK_URL'] ?? 'http://127.0.0.1:4000';
const folder = path.join(import.meta.dirname, '../docs/images');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const open = async () => (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
const take = async (page, name) => {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: 82 });
};

const guest = await open();
await guest.goto(url);
await take(guest, 'home');
await guest.locator('main a[href^="/p/"]').first().click();
await take(guest, 'product');
await guest.getByTestId('add-to-cart').click();
await guest.getByTestId('go-to-checkout').click();
await guest.getByLabel('E-mail address').fill('grace@example.test');
await guest.getByLabel('Full name').fill('Grace Hopper');
await guest.getByLabel('Street and house number').fill('1 Harbour Street');
await guest.getByLabel('Postal code').fill('20095');
await guest.getByLabel('City').fill('Hamburg');
await guest.getByTestId('checkout-submit').first().click();
await guest.waitForURL(/\/orders\//);
const orderId = new URL(guest.url()).pathname.split('/').at(-1);

const staff = await open();
await staff.goto(`${url}/login?to=${encodeURIComponent(`/staff/orders/${orderId}`)}`);
await staff.getByLabel('E-mail address').fill('staff@souk.test');
await staff.getByLabel('Password', { exact: true }).fill('souk-demo-pass');
await staff.getByTestId('sign-in-submit').click();
await staff.getByTestId('transition-SHIPPED').click();
await guest.locator('[data-testid="order-status"][data-status="SHIPPED"]').first().waitFor();
await take(guest, 'order-live');
await staff.goto(`${url}/staff/orders`);
await take(staff, 'board');
await browser.close();
