# One image for every app and for the tool; Compose says which file each container runs.
FROM node:24.21.0-bookworm-slim
WORKDIR /app
COPY . .
RUN npm ci --omit=dev && npm cache clean --force
# The page of the console: whoever runs the image cannot write to it.
RUN node --import tsx --eval "import('./apps/console/src/page/build-page.ts').then(({ buildPage }) => buildPage())"
USER node
ENTRYPOINT ["node", "--import", "tsx"]
CMD ["apps/orderline/src/main.ts", "--help"]
