# One image for web, worker and beat; docker-compose.yml says which process runs.

FROM node:22-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY assets assets
RUN npm run build

FROM python:3.12-slim AS libraries
COPY requirements.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.12-slim
# Pango makes the PDFs; DejaVu and Noto have the letters which Titillium lacks (Cyrillic, Arabic).
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app migwork \
    && install -d -o migwork /data /data/media
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MIGWORK_MEDIA_ROOT=/data/media \
    MIGWORK_STATIC_ROOT=/app/public
WORKDIR /app
COPY --from=libraries /venv /venv
COPY . .
COPY --from=front-end /build/static/build static/build
# Building needs no secrets: the development settings run without any.
RUN DJANGO_SETTINGS_MODULE=migwork.settings.development python manage.py messages --compile \
    && DJANGO_SETTINGS_MODULE=migwork.settings.development python manage.py collectstatic --no-input
ENV DJANGO_SETTINGS_MODULE=migwork.settings.production
USER migwork
EXPOSE 8000
CMD ["gunicorn", "migwork.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
