FROM node:20.19-slim AS dashboard

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci && npm cache clean --force
COPY . .
RUN npm run dashboard:build

FROM node:20.19-slim

RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
COPY --from=dashboard /app/dashboard/dist dashboard/dist

# A volume mounted here belongs to the user below.
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production DATA_DIR=/data
USER node

EXPOSE 3000
CMD ["node", "--import", "tsx", "api/main.ts"]
